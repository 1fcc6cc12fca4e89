import { CodePointMap } from '../text/offsets';
import type { Problem } from '../problem';
import { phrase, type Phrase } from '../messages/phrase';
import { readEntities, writeEntity } from './entityJson';
import type { PassageData, ReadOptions, WriteOptions } from './format';

type JsonObject = Readonly<Record<string, unknown>>;

/** A passage read from an object of JSONL; `problem` says why there is none. */
export type ReadPassage =
  | { readonly passage: PassageData; readonly problems: readonly Problem[] }
  | { readonly passage?: undefined; readonly problem: Problem };

/** Reads the object of one JSONL line. */
export function readPassage(value: unknown, options: ReadOptions): ReadPassage {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad(phrase`The line is no JSON object`, phrase`Write a passage as {"text": "…"}.`);
  }
  const { text, entities = [], ...others } = value as JsonObject;
  if (typeof text !== 'string') {
    const found = text === undefined ? 'no text' : `${JSON.stringify(text)} for its text`;
    return bad(
      phrase`The passage has ${found}`,
      phrase`Write its text as a string under "text".`,
      'text',
    );
  }
  const problems: Problem[] = [];
  const { extra, known } = readNames(others, problems);
  let items: readonly unknown[] = [];
  if (Array.isArray(entities)) {
    items = entities;
  } else {
    extra['entities'] = entities;
    problems.push({
      kind: 'entities',
      message: phrase`The entities are no array`,
      mend: phrase`They are kept and not used; write them as [{"start": …, "end": …, "label": …}].`,
      field: 'entities',
    });
  }
  const read = readEntities(text, items, options);
  const passage: PassageData = {
    ...known,
    text,
    entities: read.entities,
    ...(read.unread.length === 0 ? {} : { unread: read.unread }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  return { passage, problems: [...problems, ...read.problems] };
}

/** The passage as an object for a JSONL line, keys in their usual order. */
export function writePassage(passage: PassageData, options: WriteOptions): JsonObject {
  const map = new CodePointMap(passage.text);
  const { extra = {}, unread = [] } = passage;
  const id = String(extra['id']) === passage.id ? extra['id'] : passage.id;
  const entities = [
    ...passage.entities.map((entity) => writeEntity(entity, map, options)),
    ...unread,
  ];
  return {
    ...(id === undefined ? {} : { id }),
    text: passage.text,
    ...(passage.lang === undefined ? {} : { lang: passage.lang }),
    ...('entities' in extra && entities.length === 0 ? {} : { entities }),
    ...Object.fromEntries(
      Object.entries(extra).filter(([key]) => key !== 'id' || id === undefined),
    ),
  };
}

/** Id and language; numbers are ids too, and keep their kind when written. */
function readNames(others: JsonObject, problems: Problem[]) {
  const { id, lang, ...rest } = others;
  const extra: Record<string, unknown> = { ...rest };
  const known: { id?: string; lang?: string } = {};
  if (typeof id === 'string') known.id = id;
  else if (id !== undefined) extra['id'] = id;
  if (typeof id === 'number') known.id = String(id);
  if (typeof lang === 'string') known.lang = lang;
  else if (lang !== undefined) extra['lang'] = lang;
  for (const key of ['id', 'lang']) {
    const value = extra[key];
    if (value === undefined || value === null || typeof value === 'number') continue;
    problems.push({
      kind: 'value',
      message: phrase`The value ${JSON.stringify(value)} of "${key}" is not valid`,
      mend: phrase`It is kept and not used; write it as a text.`,
      field: key,
    });
  }
  return { known, extra };
}

function bad(message: Phrase, mend: Phrase, field?: string): ReadPassage {
  return { problem: { kind: 'passage', message, mend, ...(field === undefined ? {} : { field }) } };
}
