import type { Problem } from '../problem';
import { phrase, type Phrase } from '../messages/phrase';
import type { Format, PassageData, ReadOptions, WriteOptions } from './format';
import { flattenEntities, noteLosses, standingEntities } from './losses';
import type { ReadPassage } from './passageJson';
import { recordFormat } from './records';
import { readTags, writeTags, type Chunk, type TagScheme } from './tagSchemes';
import { entitiesOf, joinTokens, tokenise, tokensOf, trimToTokens } from './tokens';
import { labelOf, readTypeName } from './typeNames';
import { unitsOfLines, type LineReader } from './units';

/** A format with a token and its tag a line, and a blank line between sentences. */
export interface TagFormat {
  readonly name: string;
  readonly title: Phrase;
  readonly extensions: readonly string[];
  readonly scheme: TagScheme;
  /** What parts the columns of new lines, and what new lines have between token and tag. */
  readonly separator: string;
  readonly middle?: readonly string[];
  /** What stands before the first sentence of a new file. */
  readonly head?: string;
  /** Lines of sentences at the beginning of a file as columns; how certain it is of this format. */
  recognise(rows: readonly (readonly string[])[], text: string): number;
  /** The type as the file names it, and its path. */
  readonly writeType?: (path: readonly string[], label: string) => string;
  readonly readType?: (name: string, options: ReadOptions) => ReturnType<typeof readTypeName>;
}

/** The format of such files. A changed tag changes its column only; other columns stay. */
export function tagFormat(kind: TagFormat): Format {
  return recordFormat({
    ...kind,
    gap: 2,
    detect: (head) => {
      const text = new TextDecoder().decode(head).replace(/^\ufeff/u, '');
      const lines = text.split(/\r?\n/u).slice(0, 200);
      if (lines.length > 1 && !/\n$/u.test(text)) lines.pop();
      const rows = lines.filter((line) => line.trim() !== '').map(columnsOf);
      return rows.length === 0 ? 0 : kind.recognise(rows, text);
    },
    open: () => ({
      units: (chunks) => unitsOfLines(chunks, readBlocks()),
      read: (text, options) => readSentence(kind, text, options),
      write: (passage, options, before) => writeSentence(kind, passage, options, before),
    }),
  });
}

/** Runs of lines that are not blank; CoNLL's -DOCSTART- lines belong to no sentence. */
export function readBlocks(): LineReader {
  let inside = false;
  return (line) => {
    if (line === undefined || (line.trim() !== '' && !line.startsWith('-DOCSTART-'))) {
      const role = inside ? 'more' : 'start';
      inside = true;
      return role;
    }
    inside = false;
    return 'gap';
  };
}

/** The columns of a line: parted by tabs where it has one, else by blanks. */
export function columnsOf(line: string): string[] {
  return line.includes('\t') ? line.split('\t') : line.trim().split(/ +/u);
}

function readSentence(kind: TagFormat, block: string, options: ReadOptions): ReadPassage {
  const rows = block.split(/\r?\n/u).map(columnsOf);
  const single = rows.findIndex((row) => row.length < 2);
  const empty = rows.findIndex(([token = '']) => token.trim() === '');
  if (single < 0 && empty >= 0) {
    return {
      problem: {
        kind: 'columns',
        message: phrase`The line has no token before its tag`,
        mend: phrase`Write the token in the first column.`,
        line: empty + 1,
      },
    };
  }
  if (single >= 0) {
    return {
      problem: {
        kind: 'columns',
        message: phrase`The line has one column`,
        mend: phrase`Write the token, a blank or tab, and its tag.`,
        line: single + 1,
      },
    };
  }
  const { text, ranges } = joinTokens(rows.map(([token = '']) => token));
  const read = readTags(
    rows.map((row) => row.at(-1) ?? 'O'),
    kind.scheme,
  );
  const problems: Problem[] = read.problems.map(({ token, ...problem }) => ({
    ...problem,
    line: token + 1,
  }));
  const spans = read.chunks.map(({ first, end, type }) => {
    const { problem, ...typed } = (kind.readType ?? readUnderscored)(type, options);
    if (problem !== undefined) problems.push({ ...problem, line: first + 1 });
    return { first, end, ...typed };
  });
  return { passage: { text, entities: entitiesOf(text, ranges, spans) }, problems };
}

function readUnderscored(name: string, options: ReadOptions) {
  return readTypeName(name.replaceAll('_', ' '), options.taxonomy);
}

function writeSentence(
  kind: TagFormat,
  passage: PassageData,
  options: WriteOptions & ReadOptions,
  before?: string,
): string {
  const { text } = passage;
  const entities = flattenEntities(
    standingEntities(passage).flatMap((entity) => trimToTokens(entity, text) ?? []),
    {},
  );
  const nameOf = (entity: (typeof entities)[number]) => {
    const label = labelOf(entity, options.level);
    const name = kind.writeType?.(entity.path, label) ?? label;
    return name.replaceAll(/\s+/gu, '_');
  };
  if (before !== undefined) {
    const lines = before.split(/\r?\n/u);
    const joined = joinTokens(lines.map((line) => columnsOf(line)[0] ?? ''));
    const chunks = chunksOf(entities, joined.ranges, nameOf);
    if (joined.text === text && chunks.length === entities.length) {
      note(kind, passage, options, joined.ranges.length, false);
      return retag(before, writeTags(lines.length, chunks, kind.scheme));
    }
  }
  const tokens = tokenise(passage, entities);
  const tags = writeTags(tokens.length, chunksOf(entities, tokens, nameOf), kind.scheme);
  const joined = joinTokens(tokens.map(({ start, end }) => text.slice(start, end))).text;
  note(kind, passage, options, tokens.length, joined !== text);
  const lines = tokens.map(({ start, end }, index) =>
    [text.slice(start, end), ...(kind.middle ?? []), tags[index]].join(kind.separator),
  );
  return lines.join(/\r\n/u.test(before ?? '') ? '\r\n' : '\n');
}

/** The block with other tags in its last column; equal tags, and everything else, stay. */
function retag(block: string, tags: readonly string[]): string {
  let line = 0;
  return block.replaceAll(/[^\r\n]+/gu, (row) =>
    row.replace(/[^ \t]+(?=[ \t]*$)/u, (old) => tags[line++] ?? old),
  );
}

function chunksOf<T extends { start: number; end: number }>(
  entities: readonly T[],
  tokens: readonly { start: number; end: number }[],
  nameOf: (entity: T) => string,
): Chunk[] {
  return entities.flatMap((entity) => {
    const [first, end] = tokensOf(entity, tokens) ?? [];
    return first === undefined || end === undefined ? [] : [{ first, end, type: nameOf(entity) }];
  });
}

function note(
  kind: TagFormat,
  passage: PassageData,
  options: WriteOptions,
  count: number,
  respaced: boolean,
): void {
  const entities = standingEntities(passage);
  const touching = entities.some(
    (entity, index) =>
      kind.scheme === 'untagged' &&
      entities.some(
        (other, at) =>
          at > index &&
          other.start >= entity.end &&
          /^\s*$/u.test(passage.text.slice(entity.end, other.start)) &&
          other.path.join('\n') === entity.path.join('\n'),
      ),
  );
  noteLosses(passage, kind.writeType === undefined ? {} : { paths: true }, options, [
    [
      respaced,
      'blanks',
      phrase`The format has words, not the text; the white space between them is not kept.`,
    ],
    [count === 0, 'empty', phrase`The format has no place for passages without words.`],
    [touching, 'touching', phrase`Entities of one type that follow each other become one.`],
  ]);
}
