import type { Range } from '../text/range';
import { readCell, unescape } from './webannoCells';

/** Where the head of a file says the entities are: the column of their type, and what a bare `*` means. */
export interface EntityLayer {
  /** Name of the layer without its package. */
  readonly name: string;
  /** Number of the first column of the layer, and of the one after its last. */
  readonly first: number;
  readonly end: number;
  /** Number of the column of the type. */
  readonly column: number;
}

/** A line of a sentence: a token, or a part of one. */
export interface WebAnnoRow extends Range {
  /** Line of the block, from 0. */
  readonly line: number;
  /** `1-3`, or `1-3.1` for a part of a token. */
  readonly number: string;
  readonly cells: readonly string[];
}

export interface WebAnnoSentence {
  readonly text: string;
  /** Offset in the document of the text's first unit. */
  readonly base: number;
  /** Offsets in the text. */
  readonly rows: readonly WebAnnoRow[];
}

const valueFeatures = /^(?:value|label|category|type|entity|class|tag|ne|ner)$/iu;

/**
 * The layer of entities among the `#T_SP` lines: that of named entities, else the first that has a
 * feature like `value`, else the first. Its columns come after number, offsets and token.
 */
export function findEntityLayer(head: readonly string[]): EntityLayer | undefined {
  let column = 3;
  const layers: EntityLayer[] = [];
  const scores: number[] = [];
  for (const line of head) {
    const [, kind, described = ''] = /^#T_(SP|RL|CH)=(.*)$/u.exec(line) ?? [];
    if (kind === undefined) continue;
    const [type = '', ...features] = described.split('|');
    const named = features.filter((feature) => feature !== '');
    // Relations have a column for their other end, and annotations without features one for `*`.
    const width =
      kind === 'RL'
        ? named.filter((one) => !one.startsWith('BT_')).length + 1
        : Math.max(1, named.length);
    const value = named.findIndex((feature) => valueFeatures.test(feature));
    const name = type.split('.').at(-1) ?? type;
    if (kind === 'SP') {
      layers.push({
        name,
        first: column,
        end: column + width,
        column: column + Math.max(0, value),
      });
      scores.push(
        /NamedEntity/iu.test(name)
          ? 3
          : /POS|Lemma|Morph|Token|Sentence/iu.test(name)
            ? 0
            : value >= 0
              ? 2
              : 1,
      );
    }
    column += width;
  }
  const most = Math.max(...scores);
  return layers[scores.indexOf(most)];
}

/** The lines of a block as a sentence; undefined where it has no token line that can be read. */
export function readSentenceLines(lines: readonly string[]): WebAnnoSentence | undefined {
  const text = lines
    .filter((line) => line.startsWith('#Text='))
    .map((line) => unescape(line.slice('#Text='.length)))
    .join('\n');
  const found = lines.flatMap((written, line) => {
    const [number = '', offsets = '', ...rest] = written.split('\t');
    const [, start, end] = /^(\d+)-(\d+)$/u.exec(offsets) ?? [];
    if (start === undefined || !/^\d+-\d+(?:\.\d+)?$/u.test(number)) return [];
    return [
      { line, number, start: Number(start), end: Number(end), cells: [number, offsets, ...rest] },
    ];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  // Offsets count from the document's beginning: the first token says where the sentence begins.
  const base = first.start - Math.max(0, text.indexOf(unescape(first.cells[2] ?? '')));
  const rows = found.map((row) => ({ ...row, start: row.start - base, end: row.end - base }));
  return { text, base, rows };
}

/** Entities of a sentence: annotations of one number are one, from its first row to its last. */
export function readSpans(
  { rows }: WebAnnoSentence,
  { column, name }: EntityLayer,
): (Range & { readonly type: string; readonly line: number; readonly id?: string })[] {
  const byId = new Map<
    string,
    { start: number; end: number; type: string; line: number; id: string }
  >();
  const spans: (Range & { type: string; line: number; id?: string })[] = [];
  for (const { start, end, cells, line } of rows) {
    for (const { value, id } of readCell(cells[column] ?? '_')) {
      const type = value ?? name;
      const known = id === undefined ? undefined : byId.get(id);
      if (known !== undefined) {
        known.start = Math.min(known.start, start);
        known.end = Math.max(known.end, end);
        continue;
      }
      const span = { start, end, type, line, ...(id === undefined ? {} : { id }) };
      spans.push(span);
      if (id !== undefined) byId.set(id, span as typeof span & { id: string });
    }
  }
  return spans;
}
