import type { Range } from '../text/range';

/** How units of a passage's text map to units of its record: the n-th stands at `starts[n]`. */
type UnitMap = { readonly starts: Int32Array; readonly end: number };

/**
 * Where the text of a passage stands in the record that it was read from: as it is, with the escapes
 * of JSON, in a column of tokens, or between tags. Offsets are UTF-16 units of both.
 */
export class WrittenText {
  private map: UnitMap | undefined | 'unknown' = 'unknown';

  constructor(
    private readonly record: string,
    private readonly text: string,
  ) {}

  /** The range of the record that holds a range of the text; undefined where it cannot be told. */
  rangeOf({ start, end }: Range): Range | undefined {
    if (this.map === 'unknown') this.map = this.find();
    if (this.map === undefined || start >= end) return undefined;
    const { starts } = this.map;
    const [from, last] = [starts[start] ?? -1, starts[end - 1] ?? -1];
    if (from < 0 || last < 0) return undefined;
    const next = end < starts.length ? (starts[end] ?? -1) : this.map.end;
    const width = this.record[last] === '\\' && next > last ? next - last : 1;
    return { start: from, end: last + width };
  }

  private find(): UnitMap | undefined {
    const { record, text } = this;
    const plain = record.indexOf(text);
    const escaped = JSON.stringify(text).slice(1, -1);
    if (plain >= 0 && escaped === text) return shifted(plain, text.length);
    for (const written of [escaped, asciiOnly(escaped), asciiOnly(escaped).toLowerCase()]) {
      const at = record.indexOf(`"${written}"`);
      if (at >= 0) return unescaped(record, at + 1, text.length);
    }
    if (plain >= 0) return shifted(plain, text.length);
    for (const column of [0, 1, 2]) {
      const map = matchVisible(columnOffsets(record, column), record, text);
      if (map !== undefined) return map;
    }
    return matchVisible(outsideTags(record), record, text);
  }
}

function shifted(at: number, length: number): UnitMap {
  return { starts: Int32Array.from({ length }, (_, unit) => at + unit), end: at + length };
}

function asciiOnly(escaped: string): string {
  return escaped.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function unescaped(record: string, from: number, length: number): UnitMap {
  const starts = new Int32Array(length);
  let at = from;
  for (let unit = 0; unit < length; unit++) {
    starts[unit] = at;
    at += record[at] !== '\\' ? 1 : record[at + 1] === 'u' ? 6 : 2;
  }
  return { starts, end: at };
}

/** Offsets of the units of one column of every line. */
function* columnOffsets(record: string, column: number): Generator<number> {
  for (const { 0: line, index } of record.matchAll(/[^\r\n]+/g)) {
    if (line.startsWith('#')) continue;
    const cells = line.matchAll(line.includes('\t') ? /[^\t]*(?:\t|$)/g : /[^ ]+/g);
    const cell = [...cells][column];
    if (cell === undefined) continue;
    const word = cell[0].replace(/\t$/, '');
    for (let unit = 0; unit < word.length; unit++) yield index + cell.index + unit;
  }
}

function* outsideTags(record: string): Generator<number> {
  let inTag = false;
  for (let unit = 0; unit < record.length; unit++) {
    if (record[unit] === '<') inTag = true;
    if (!inTag) yield unit;
    if (record[unit] === '>') inTag = false;
  }
}

/** The units of the record that are the text, white space apart; undefined where they are not. */
function matchVisible(
  offsets: Iterable<number>,
  record: string,
  text: string,
): UnitMap | undefined {
  const starts = new Int32Array(text.length).fill(-1);
  let unit = 0;
  let end = 0;
  const skipBlanks = () => {
    while (unit < text.length && /\s/.test(text[unit] ?? '')) unit++;
  };
  for (const offset of offsets) {
    if (/\s/.test(record[offset] ?? '')) continue;
    skipBlanks();
    if (unit >= text.length || text[unit] !== record[offset]) return undefined;
    starts[unit++] = offset;
    end = offset + 1;
  }
  skipBlanks();
  return unit < text.length || text.trim() === '' ? undefined : { starts, end };
}
