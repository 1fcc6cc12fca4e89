import { InputError } from '../errors';
import { placeOf } from '../json/syntaxError';
import { phrase } from '../messages/phrase';
import { growTree, type LocatedPath } from './growTree';
import type { LocatedTypes } from './labelFile';
import type { LabelSettings } from './labelList';
import { splitPath } from './names';

interface Cell {
  readonly text: string;
  /** Where the text begins, after an opening quote. */
  readonly offset: number;
}

const nameColumns: ReadonlySet<string> = new Set(['name', 'label', 'type', 'path']);
const settingColumns: ReadonlySet<string> = new Set([
  ...['description', 'synonyms', 'examples', 'threshold', 'enabled', 'shortcut', 'parent'],
]);
const levelColumn =
  /^(?:coarse|medium|fine|(?:level|first|second|third|fourth)[\s-]*(?:level|\d+)?)$/u;

/** Whether the first row of a text names columns of a table of labels. */
export function isLabelCsv(text: string): boolean {
  const [header = []] = readRows(text.slice(0, text.indexOf('\n') + 1 || text.length));
  const names = header.map(({ text: name }) => name.toLowerCase());
  return (
    names.length > 1 &&
    (names.every((name) => levelColumn.test(name)) ||
      (names.some((name) => nameColumns.has(name)) &&
        names.every(
          (name) => nameColumns.has(name) || settingColumns.has(name) || levelColumn.test(name),
        )))
  );
}

/**
 * Types from a table (RFC 4180): a row each, with the columns `name` or `path`, `parent`, `description`,
 * `synonyms` and `examples` (separated by semicolons), `threshold`, `enabled`, `shortcut`, or a column
 * for each level from the top down. A table without such a header has a column for each level.
 * @throws InputError that names the line of a value that is of no use.
 */
export function readLabelCsv(text: string): LocatedTypes {
  const rows = readRows(text).filter((row) => row.some((cell) => cell.text !== ''));
  const header = isLabelCsv(text)
    ? (rows.shift() ?? []).map((cell) => cell.text.toLowerCase())
    : [];
  const items = rows.flatMap((row): LocatedPath[] => {
    const at = (column: string): Cell | undefined => {
      const cell = row[header.indexOf(column)];
      return cell?.text === '' ? undefined : cell;
    };
    const named = [...nameColumns].map(at).find((cell) => cell !== undefined);
    const cells =
      named === undefined
        ? row.filter((_, index) => header.length === 0 || levelColumn.test(header[index] ?? ''))
        : [named];
    const filled = cells.filter((cell) => cell.text !== '');
    const last = filled.at(-1);
    if (last === undefined) return [];
    const parent = at('parent')?.text ?? '';
    const path = [...splitPath(parent), ...filled.flatMap((cell) => splitPath(cell.text))];
    const settings = readSettings(text, at);
    return [
      {
        path,
        text: last.text,
        offset: last.offset,
        ...(Object.keys(settings).length === 0 ? {} : { settings }),
      },
    ];
  });
  const types = growTree(items);
  return {
    shape: 'csv',
    flat: types.every(({ children }) => children.length === 0),
    types,
    problems: [],
  };
}

function readSettings(text: string, at: (column: string) => Cell | undefined): LabelSettings {
  const list = (column: string): readonly string[] | undefined =>
    at(column)
      ?.text.split(';')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const threshold = at('threshold');
  if (threshold !== undefined && !(Number(threshold.text) >= 0 && Number(threshold.text) <= 1)) {
    throw new InputError(
      phrase`The threshold ${threshold.text} is not a probability`,
      phrase`Write the threshold as a number from 0 to 1.`,
      { line: placeOf(text, threshold.offset).line, field: 'threshold' },
    );
  }
  const settings = {
    description: at('description')?.text,
    synonyms: list('synonyms'),
    examples: list('examples'),
    threshold: threshold === undefined ? undefined : Number(threshold.text),
    enabled: /^(?:false|no|0)$/iu.test(at('enabled')?.text ?? '') ? false : undefined,
    shortcut: at('shortcut')?.text,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** The rows of a table with the place of each cell; tabs separate where the first line has one. */
function readRows(text: string): Cell[][] {
  const separator = text.slice(0, text.indexOf('\n') + 1 || text.length).includes('\t')
    ? '\t'
    : ',';
  const rows: Cell[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    const quoted = /^[ ]*"((?:[^"]|"")*)"[ ]*/u.exec(text.slice(at));
    const start = at;
    if (quoted !== null) at += quoted[0].length;
    while (at < text.length && text[at] !== separator && text[at] !== '\n') at++;
    const raw = text.slice(start, at);
    const offset = start + raw.length - raw.trimStart().length + (quoted === null ? 0 : 1);
    const cell = quoted === null ? raw.trim() : (quoted[1] ?? '').replaceAll('""', '"').trim();
    rows.at(-1)?.push({ text: cell, offset });
    if (text[at] === '\n') rows.push([]);
    at++;
  }
  return rows;
}
