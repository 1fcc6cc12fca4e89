import { phrase } from '../messages/phrase';
import type { Problem } from '../problem';
import { alignMentions } from './alignMentions';
import { assignIds } from '../entity/entityId';
import type { Entity } from '../entity/entity';
import type { Format, PassageData, ReadOptions, UnplacedMention, WriteOptions } from './format';
import { badPassage, isObject, jsonFormat } from './jsonRecords';
import { noteLosses, standingEntities } from './losses';
import { otherKeys, writeId } from './markedJson';
import type { ReadPassage } from './passageJson';
import { labelOf, readTypeName } from './typeNames';

const question = /^What describes (.+) in the text\?$/su;

/**
 * UniversalNER's conversations: the text, then for each type a question and a JSON list of mentions.
 * Mentions have no offsets; they are looked for as in DynamicNER's files.
 */
export const universalNerFormat: Format = jsonFormat({
  name: 'universalner',
  title: phrase`UniversalNER conversations`,
  extensions: ['.json', '.jsonl'],
  layout: 'array',

  recognise(item) {
    const turns = turnsOf(item);
    if (turns === undefined) return 0;
    return turns[0]?.startsWith('Text: ') === true || turns.some((turn) => question.test(turn))
      ? 1
      : 0;
  },

  read: readItem,
  write: writeItem,

  note(passage, options) {
    const can = { ids: true, keys: true, languages: true, nested: true, crossing: true };
    const differs = JSON.stringify(spansOf(passage)) !== JSON.stringify(spansOf(reread(passage)));
    noteLosses(passage, can, options, [
      [
        differs,
        'places',
        phrase`The format has mentions without offsets; some will be found at another place.`,
      ],
    ]);
  },
});

function readItem(item: unknown, options: ReadOptions): ReadPassage {
  const turns = turnsOf(item);
  const [first] = turns ?? [];
  if (!isObject(item) || turns === undefined || first === undefined) {
    return badPassage(
      phrase`The item is no conversation`,
      phrase`Write it as {"conversations": [{"from": "human", "value": "Text: …"}, …]}.`,
      'conversations',
    );
  }
  const text = first.replace(/^Text: /u, '');
  const { id, conversations, ...extra } = item;
  void conversations;
  const problems: Problem[] = [];
  const listed: { mention: string; type: string; field: string }[] = [];
  turns.forEach((turn, index) => {
    const [, type] = question.exec(turn) ?? [];
    if (type === undefined) return;
    const field = `conversations[${index + 1}]`;
    const mentions = parseMentions(turns[index + 1]);
    if (mentions === undefined) {
      problems.push({
        kind: 'answer',
        message: phrase`The answer about “${type}” is no JSON list of texts`,
        mend: phrase`It is not used; write it as ["…", "…"].`,
        field,
      });
    }
    for (const mention of mentions ?? []) listed.push({ mention, type, field });
  });
  const unplaced: UnplacedMention[] = [];
  const drafts: Omit<Entity, 'id'>[] = [];
  // In the order of the types, not of the text: only repeats of one type follow each other.
  alignMentions(text, listed).forEach((place, index) => {
    const { mention = '', type = '', field = '' } = listed[index] ?? {};
    if (place.rule === 'missing') {
      unplaced.push({ mention, label: type });
      problems.push({
        kind: 'missing-mention',
        message: phrase`“${mention}” does not occur in the text, or not as often as it is listed`,
        mend: phrase`It is kept in the file and not shown; correct it or remove it.`,
        field,
      });
      return;
    }
    const { problem, ...path } = readTypeName(type, options.taxonomy);
    if (problem !== undefined) problems.push({ ...problem, field });
    drafts.push({ start: place.start, end: place.end, ...path, state: 'suggested' });
  });
  drafts.sort((a, b) => a.start - b.start || b.end - a.end);
  if (typeof id === 'number') (extra as Record<string, unknown>)['id'] = id;
  const lang = typeof extra['lang'] === 'string' ? extra['lang'] : undefined;
  const { lang: dropped, ...rest } = extra;
  void dropped;
  const others = lang === undefined ? extra : rest;
  return {
    passage: {
      ...(typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}),
      text,
      ...(lang === undefined ? {} : { lang }),
      entities: assignIds(text, drafts),
      ...(unplaced.length === 0 ? {} : { unplaced }),
      ...(Object.keys(others).length === 0 ? {} : { extra: others }),
    },
    problems,
  };
}

function writeItem(passage: PassageData, options: WriteOptions, model?: unknown): unknown {
  const { text, lang, unplaced = [] } = passage;
  const answers = new Map<string, string[]>();
  // Types that were asked stay asked, in their order, also with an empty answer.
  for (const turn of turnsOf(model) ?? []) {
    const [, type] = question.exec(turn) ?? [];
    if (type !== undefined) answers.set(type, []);
  }
  const add = (type: string, mention: string) =>
    answers.set(type, [...(answers.get(type) ?? []), mention]);
  for (const entity of standingEntities(passage)) {
    add(labelOf(entity, options.level), text.slice(entity.start, entity.end));
  }
  for (const { label, mention } of unplaced) add(label, mention);
  return {
    ...writeId(passage),
    conversations: [
      { from: 'human', value: `Text: ${text}` },
      { from: 'gpt', value: "I've read this text." },
      ...[...answers].flatMap(([type, mentions]) => [
        { from: 'human', value: `What describes ${type} in the text?` },
        { from: 'gpt', value: JSON.stringify(mentions) },
      ]),
    ],
    ...(lang === undefined ? {} : { lang }),
    ...otherKeys(passage, ['id', 'conversations']),
  };
}

function reread(passage: PassageData): PassageData {
  const read = readItem(writeItem(passage, {}), {});
  return read.passage ?? passage;
}

function spansOf(passage: PassageData) {
  return standingEntities(passage)
    .map((entity) => [entity.start, entity.end, labelOf(entity)].join(' '))
    .sort();
}

function turnsOf(item: unknown): string[] | undefined {
  const turns = isObject(item) ? item['conversations'] : undefined;
  if (!Array.isArray(turns)) return undefined;
  const values = turns.map((turn: unknown) => (isObject(turn) ? turn['value'] : undefined));
  return values.every((value) => typeof value === 'string') ? values : undefined;
}

function parseMentions(answer: string | undefined): string[] | undefined {
  try {
    const list: unknown = JSON.parse(answer ?? '');
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
