/** A count with its noun, or its verb: `1 passage`, `1,200 passages`, `2 go`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
