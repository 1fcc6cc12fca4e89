/** An annotation in the cell of a token: its value, and the number that it has on all of its tokens. */
export interface CellItem {
  /** Undefined for `*`, an annotation without a value. */
  readonly value: string | undefined;
  readonly id?: string;
}

/** The annotations of a cell of WebAnno TSV 3; none for `_`. */
export function readCell(cell: string): CellItem[] {
  if (cell === '_' || cell === '') return [];
  return splitUnescaped(cell).map((item) => {
    const [, written = item, id] = /^(.*?)(?:\[(\d+)\])?$/su.exec(item) ?? [];
    const value = written === '*' ? undefined : unescape(written);
    return id === undefined ? { value } : { value, id };
  });
}

/** The cell of annotations. */
export function writeCell(items: readonly CellItem[]): string {
  if (items.length === 0) return '_';
  return items
    .map(({ value, id }) => {
      const written = value === undefined || value === '' ? '*' : escapeValue(value);
      return `${written}${id === undefined ? '' : `[${id}]`}`;
    })
    .join('|');
}

/** Text of a line or token: control characters and backslashes escaped. */
export function escapeText(text: string): string {
  return text.replaceAll(/[\\\t\n\r]/gu, (character) => `\\${letters.get(character) ?? character}`);
}

export function unescape(written: string): string {
  return written.replaceAll(/\\(->|.)/gsu, (_, character: string) => {
    return [...letters].find(([, letter]) => letter === character)?.[0] ?? character;
  });
}

const letters: ReadonlyMap<string, string> = new Map([
  ['\t', 't'],
  ['\n', 'n'],
  ['\r', 'r'],
]);

function escapeValue(value: string): string {
  return escapeText(value).replaceAll(/->|[[\]|_;*]/gu, (reserved) => `\\${reserved}`);
}

function splitUnescaped(cell: string): string[] {
  const items = [''];
  for (const [part] of cell.matchAll(/\\.|[^\\]|\\$/gsu)) {
    if (part === '|') items.push('');
    else items[items.length - 1] += part;
  }
  return items;
}
