import type { Problem } from '../problem';
import { phrase } from '../messages/phrase';
import { splitWords } from '../text/words';
import type { Range } from '../text/range';
import type { Format, PassageData, ReadOptions, WriteOptions } from './format';
import { badPassage, isObject, jsonFormat } from './jsonRecords';
import { noteLosses, standingEntities } from './losses';
import { otherKeys, writeId } from './markedJson';
import type { ReadPassage } from './passageJson';
import { entitiesOf, joinTokens, tokensOf, trimToTokens, type TokenSpan } from './tokens';
import { labelOf, readTypeName } from './typeNames';

/**
 * GLiNER's training data: `tokenized_text` with words and `ner` with `[first, last, type]`, numbers of
 * words, the last one inside. Words of new passages are those that GLiNER's models split.
 */
export const glinerFormat: Format = jsonFormat({
  name: 'gliner',
  title: phrase`GLiNER training JSON`,
  extensions: ['.json', '.jsonl'],
  layout: 'array',

  recognise(item) {
    return isObject(item) && Array.isArray(item['tokenized_text']) ? 1 : 0;
  },

  read: readItem,
  write: writeItem,

  note(passage, options) {
    noteLosses(
      passage,
      { ids: true, keys: true, languages: true, nested: true, crossing: true },
      options,
      [
        [
          wordsOf(passage).some(
            ({ end }, index, all) =>
              passage.text.slice(end, all[index + 1]?.start) !==
              (index === all.length - 1 ? '' : ' '),
          ) || (wordsOf(passage)[0]?.start ?? 0) > 0,
          'blanks',
          phrase`The format has words, not the text; the white space between them is not kept.`,
        ],
      ],
    );
  },
});

function readItem(item: unknown, options: ReadOptions): ReadPassage {
  if (!isObject(item) || !areTexts(item['tokenized_text'])) {
    return badPassage(
      phrase`The passage has no words`,
      phrase`Write them as an array of texts under "tokenized_text".`,
      'tokenized_text',
    );
  }
  const {
    tokenized_text: words,
    ner = [],
    id,
    ...others
  } = item as { tokenized_text: string[] } & Record<string, unknown>;
  const extra: Record<string, unknown> = { ...others };
  const { text, ranges } = joinTokens(words);
  const problems: Problem[] = [];
  const unread: unknown[] = [];
  const spans: TokenSpan[] = [];
  (Array.isArray(ner) ? (ner as unknown[]) : [ner]).forEach((entry, index) => {
    const [first, last, type] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const field = `ner[${index}]`;
    if (
      !isIndex(first, words.length) ||
      !isIndex(last, words.length) ||
      last < first ||
      typeof type !== 'string' ||
      type === ''
    ) {
      unread.push(entry);
      problems.push({
        kind: 'entity',
        message: phrase`${String(JSON.stringify(entry))} is no span of the ${words.length} words`,
        mend: phrase`Write [first, last, "type"] with numbers of words from 0, the last one inside.`,
        field,
      });
      return;
    }
    const { problem, ...read } = readTypeName(type, options.taxonomy);
    if (problem !== undefined) problems.push({ ...problem, field });
    spans.push({ first, end: last + 1, ...read });
  });
  if (typeof id === 'number') extra['id'] = id;
  const lang = typeof extra['lang'] === 'string' ? extra['lang'] : undefined;
  if (lang !== undefined) delete extra['lang'];
  const passage: PassageData = {
    ...(typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}),
    text,
    ...(lang === undefined ? {} : { lang }),
    entities: entitiesOf(text, ranges, spans),
    ...(unread.length === 0 ? {} : { unread }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  return { passage, problems };
}

function writeItem(passage: PassageData, options: WriteOptions, model?: unknown): unknown {
  const { text, lang, unread = [] } = passage;
  const entities = standing(passage);
  const old =
    isObject(model) && areTexts(model['tokenized_text']) ? model['tokenized_text'] : undefined;
  const joined = old === undefined ? undefined : joinTokens(old);
  const keeps = joined?.text === text && entities.every((one) => tokensOf(one, joined.ranges));
  const ranges = keeps ? joined.ranges : wordsOf(passage);
  const ner = entities.flatMap((entity) => {
    const [first, end] = tokensOf(entity, ranges) ?? [];
    return first === undefined || end === undefined
      ? []
      : [[first, end - 1, labelOf(entity, options.level)] as const];
  });
  ner.sort(([a, b], [c, d]) => a - c || b - d);
  return {
    ...writeId(passage),
    tokenized_text: ranges.map(({ start, end }) => text.slice(start, end)),
    ner: [...ner, ...unread],
    ...(lang === undefined ? {} : { lang }),
    ...otherKeys(passage, ['id', 'tokenized_text', 'ner']),
  };
}

function standing(passage: PassageData) {
  return standingEntities(passage).flatMap((entity) => trimToTokens(entity, passage.text) ?? []);
}

/** The model's words, cut where an entity begins or ends inside one. */
function wordsOf(passage: PassageData): Range[] {
  const cuts = standing(passage).flatMap(({ start, end }) => [start, end]);
  return splitWords(passage.text).flatMap(({ start, end }) => {
    const inside = [...new Set(cuts)]
      .filter((cut) => cut > start && cut < end)
      .sort((a, b) => a - b);
    const edges = [start, ...inside, end];
    return edges.slice(1).map((edge, index) => ({ start: edges[index] ?? start, end: edge }));
  });
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isIndex(value: unknown, length: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < length;
}
