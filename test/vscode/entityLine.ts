/** An entity of a line, by its words. */
interface LineEntity {
  readonly mention: string;
  readonly label: string;
  readonly [key: string]: unknown;
}

/** A line of our JSONL; each mention is where it first occurs in the text. */
export function entityLine(text: string, entities: readonly LineEntity[]): string {
  const placed = entities.map(({ mention, ...rest }) => {
    const start = text.indexOf(mention);
    if (start < 0) throw new RangeError(`“${mention}” is not in “${text}”.`);
    return { start, end: start + mention.length, ...rest };
  });
  return JSON.stringify({ text, entities: placed });
}
