import { phrase } from '../messages/phrase';
import type { Problem } from '../problem';
import {
  escapeMisc,
  findBadRow,
  miscOf,
  readSentenceRows,
  unescapeMisc,
  withMisc,
  type ConlluSentence,
} from './conlluRows';
import type { Format, PassageData, ReadOptions, WriteOptions } from './format';
import { flattenEntities, noteLosses, standingEntities } from './losses';
import type { ReadPassage } from './passageJson';
import { recordFormat } from './records';
import { readBlocks } from './tagColumns';
import { readTags, writeTags, type TagScheme } from './tagSchemes';
import { entitiesOf, tokenise, tokensOf, trimToTokens } from './tokens';
import { labelOf, readTypeName } from './typeNames';
import { unitsOfLines } from './units';

/** Keys of MISC that hold the tag of an entity, as different treebanks call it. */
const tagKeys = ['NER', 'ner', 'NE', 'ne', 'Ner'] as const;

/**
 * CoNLL-U with entities in the column MISC: `NER=B-person`, tags in IOB2 or BIOES, with `# sent_id` and
 * `# text`. A changed entity changes its key in MISC only. White space that `SpaceAfter` cannot say is
 * written `SpacesAfter=\n`, as UDPipe does. Entities in brackets (`Entity=(…`) are kept and not read.
 */
export const conlluFormat: Format = recordFormat({
  name: 'conllu',
  title: phrase`CoNLL-U with entities in MISC`,
  extensions: ['.conllu', '.conll'],
  gap: 2,
  detect(head) {
    const text = new TextDecoder().decode(head).replace(/^\ufeff/u, '');
    const lines = text.split(/\r?\n/u).slice(0, 200);
    if (lines.length > 1 && !/\n$/u.test(text)) lines.pop();
    const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
    const fit = rows.every((row) => /^\d+(?:[-.]\d+)?\t(?:[^\t]*\t){8}[^\t]*$/u.test(row));
    return rows.length > 0 && fit ? 1 : 0;
  },
  open: () => ({
    units: (chunks) => unitsOfLines(chunks, readBlocks()),
    read: readSentence,
    write: writeSentence,
  }),
});

function readSentence(block: string, options: ReadOptions): ReadPassage {
  const lines = block.split(/\r?\n/u);
  const bad = findBadRow(lines);
  if (bad !== undefined) {
    return {
      problem: {
        kind: 'columns',
        message: phrase`The line has not ten columns parted by tabs, or no token`,
        mend: phrase`Write the number, the token, seven more columns and MISC, _ where there is nothing.`,
        line: bad + 1,
      },
    };
  }
  const sentence = readSentenceRows(lines);
  const { text, tokens, id } = sentence;
  const tags = tagsOf(sentence);
  const problems: Problem[] = [];
  const read = readTags(tags, schemeOf(tags));
  for (const { token, ...problem } of read.problems) {
    problems.push({ ...problem, line: (tokens[token]?.words[0] ?? 0) + 1 });
  }
  const spans = read.chunks.map(({ first, end, type }) => {
    const name = unescapeMisc(type).replaceAll('_', ' ');
    const { problem, ...typed } = readTypeName(name, options.taxonomy);
    if (problem !== undefined) {
      problems.push({ ...problem, line: (tokens[first]?.words[0] ?? 0) + 1 });
    }
    return { first, end, ...typed };
  });
  const entities = entitiesOf(text, tokens, spans);
  return { passage: { ...(id === undefined ? {} : { id }), text, entities }, problems };
}

/** The tag of each token: of the words of one, the first that has one. */
function tagsOf({ tokens, rows }: ConlluSentence): string[] {
  return tokens.map(({ words }) => {
    const found = words.flatMap((line) => {
      const misc = rows[line]?.[9] ?? '_';
      return tagKeys.flatMap((key) => miscOf(misc, key) ?? []);
    });
    return found.find((tag) => tag !== 'O') ?? 'O';
  });
}

function schemeOf(tags: readonly string[]): TagScheme {
  if (tags.some((tag) => /^[ES]-/u.test(tag))) return 'bioes';
  return tags.some((tag) => /^[LU]-/u.test(tag)) ? 'bilou' : 'bio';
}

function writeSentence(
  passage: PassageData,
  options: WriteOptions & ReadOptions,
  before?: string,
): string {
  const entities = flattenEntities(
    standingEntities(passage).flatMap((entity) => trimToTokens(entity, passage.text) ?? []),
    {},
  );
  const chunksOver = (tokens: readonly { start: number; end: number }[]) =>
    entities.flatMap((entity) => {
      const [first, end] = tokensOf(entity, tokens) ?? [];
      const type = escapeMisc(labelOf(entity, options.level).replaceAll(/\s/gu, '_'));
      return first === undefined || end === undefined ? [] : [{ first, end, type }];
    });
  if (before !== undefined && findBadRow(before.split(/\r?\n/u)) === undefined) {
    const sentence = readSentenceRows(before.split(/\r?\n/u));
    const chunks = chunksOver(sentence.tokens);
    if (sentence.text === passage.text && chunks.length === entities.length) {
      note(passage, options, sentence.tokens.length, false);
      const tags = tagsOf(sentence);
      const scheme = schemeOf(tags);
      return retag(before, sentence, writeTags(sentence.tokens.length, chunks, scheme));
    }
  }
  const tokens = tokenise(passage, entities);
  note(passage, options, tokens.length, before !== undefined);
  if (tokens.length === 0) return '';
  const tags = writeTags(tokens.length, chunksOver(tokens), 'bio');
  const lines = writeRows(passage, tokens, tags);
  return lines.join(/\r\n/u.test(before ?? '') ? '\r\n' : '\n');
}

function writeRows(
  { text, id }: PassageData,
  tokens: readonly { start: number; end: number }[],
  tags: readonly string[],
): string[] {
  const rows = tokens.map(({ start, end }, number) => {
    const next = tokens[number + 1];
    const before = number === 0 ? text.slice(0, start) : '';
    const after = text.slice(end, next?.start ?? text.length);
    const misc = [
      ...(tags[number] === 'O' ? [] : [`NER=${tags[number] ?? ''}`]),
      ...(before === '' ? [] : [`SpacesBefore=${escapeMisc(before)}`]),
      ...(after === '' && next !== undefined ? ['SpaceAfter=No'] : []),
      ...(after === (next === undefined ? '' : ' ') || after === ''
        ? []
        : [`SpacesAfter=${escapeMisc(after)}`]),
    ];
    const word = text.slice(start, end);
    return [number + 1, word, ...'_______', misc.length === 0 ? '_' : misc.join('|')].join('\t');
  });
  return [
    ...(id === undefined ? [] : [`# sent_id = ${id.replaceAll(/[\r\n]/gu, ' ')}`]),
    `# text = ${text.replaceAll(/[\r\n\t]/gu, ' ').trim()}`,
    ...rows,
  ];
}

/** The block with other tags in MISC; equal tags, and everything else, stay. */
function retag(block: string, { tokens, rows }: ConlluSentence, tags: readonly string[]): string {
  const tagOfLine = new Map<number, string>();
  const used = tagKeys.find((key) => rows.some((row) => miscOf(row[9] ?? '', key) !== undefined));
  const key = used ?? 'NER';
  // An empty tag is written O where the file writes it, and left out where it does not.
  const writesOutside = rows.some((row) => miscOf(row[9] ?? '', key) === 'O');
  tokens.forEach(({ words }, token) => {
    for (const [at, line] of words.entries()) {
      const tag = tags[token] ?? 'O';
      tagOfLine.set(line, at === 0 ? tag : tag.replace(/^[BS]-/u, 'I-'));
    }
  });
  let line = 0;
  return block.replaceAll(/[^\r\n]+/gu, (written) => {
    const tag = tagOfLine.get(line);
    const row = rows[line++] ?? [];
    const misc = row[9] ?? '_';
    const old = tagKeys.flatMap((one) => miscOf(misc, one) ?? [])[0];
    if (tag === undefined || tag === (old ?? 'O')) return written;
    const wanted = tag === 'O' && !writesOutside ? undefined : tag;
    return [...row.slice(0, 9), withMisc(misc, key, wanted)].join('\t');
  });
}

function note(
  passage: PassageData,
  options: WriteOptions,
  tokens: number,
  isRewritten: boolean,
): void {
  noteLosses(passage, { ids: true }, options, [
    [tokens === 0, 'empty', phrase`The format has no place for passages without words.`],
    [
      isRewritten,
      'columns',
      phrase`The text has changed: lemmas and other columns of its sentence are left out.`,
    ],
  ]);
}
