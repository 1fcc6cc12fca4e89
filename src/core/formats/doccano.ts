import { phrase } from '../messages/phrase';
import { CodePointMap } from '../text/offsets';
import type { Format, PassageData, WriteOptions } from './format';
import { badPassage, isObject, jsonFormat } from './jsonRecords';
import { noteLosses, standingEntities } from './losses';
import { otherKeys, readMarkedText, writeId } from './markedJson';
import { labelOf } from './typeNames';

const textKeys = ['text', 'data'] as const;
const entityKeys = ['entities', 'label', 'labels'] as const;

/**
 * doccano's JSONL: `label` with `[start, end, type]` triples, or, in projects with relations,
 * `entities` with `start_offset` and `end_offset` whose ids `relations` name. Offsets are code points.
 */
export const doccanoFormat: Format = jsonFormat({
  name: 'doccano',
  title: phrase`doccano JSONL`,
  extensions: ['.jsonl', '.json'],
  layout: 'lines',

  recognise(item) {
    if (!isObject(item)) return 0;
    const key = entityKeys.find((name) => Array.isArray(item[name]));
    const textKey = textKeys.find((name) => typeof item[name] === 'string');
    if (key === undefined || textKey === undefined) return 0;
    const [first] = item[key] as readonly unknown[];
    if (key === 'entities') {
      return isObject(first) ? ('start_offset' in first ? 1 : 0) : 'relations' in item ? 0.9 : 0;
    }
    return first === undefined ? 0.85 : isTriple(first) ? 1 : 0;
  },

  read(item, options) {
    if (!isObject(item)) {
      return badPassage(
        phrase`The line is no JSON object`,
        phrase`Write a passage as {"text": "…", "label": [[0, 1, "…"]]}.`,
      );
    }
    const textKey = textKeys.find((name) => item[name] !== undefined) ?? 'text';
    const itemsKey = entityKeys.find((name) => Array.isArray(item[name])) ?? 'label';
    const { [textKey]: text, [itemsKey]: items, id, ...extra } = item;
    const toEntity = itemsKey === 'entities' ? fromObject : fromTriple;
    return readMarkedText({ text, textKey, items, itemsKey, toEntity, id, extra }, options);
  },

  write(passage, options, model) {
    const before = isObject(model) ? model : undefined;
    const textKey = textKeys.find((name) => before?.[name] !== undefined) ?? 'text';
    const hasRelations = Array.isArray(passage.extra?.['relations']);
    const itemsKey =
      entityKeys.find((name) => Array.isArray(before?.[name])) ??
      (hasRelations ? 'entities' : 'label');
    const items = itemsKey === 'entities' ? objects(passage, options) : triples(passage, options);
    return {
      ...writeId(passage),
      [textKey]: passage.text,
      [itemsKey]: [...items, ...(passage.unread ?? [])],
      ...(passage.lang === undefined ? {} : { lang: passage.lang }),
      ...otherKeys(passage, ['id', ...(hasRelations ? [] : [itemsKey])]),
    };
  },

  note(passage, options) {
    const can = {
      ids: true,
      entityKeys: 'relations' in (passage.extra ?? {}),
      keys: true,
      languages: true,
      nested: true,
      crossing: true,
    };
    noteLosses(passage, can, options);
  },
});

function isTriple(item: unknown): item is readonly [unknown, unknown, unknown] {
  return Array.isArray(item) && item.length === 3;
}

function fromTriple(item: unknown): unknown {
  if (!isTriple(item)) return item;
  const [start, end, label] = item;
  return { start, end, label };
}

function fromObject(item: unknown): unknown {
  if (!isObject(item)) return item;
  const { start_offset: start, end_offset: end, ...rest } = item;
  return { ...rest, start, end };
}

function triples(passage: PassageData, options: WriteOptions): unknown[] {
  const place = placesOf(passage.text, options);
  return standingEntities(passage).map((entity) => [
    place(entity.start),
    place(entity.end),
    labelOf(entity, options.level),
  ]);
}

/** Entities that relations can name: each with the id that it had, or a number that is free. */
function objects(passage: PassageData, options: WriteOptions): unknown[] {
  const place = placesOf(passage.text, options);
  const entities = standingEntities(passage);
  const taken = new Set(entities.map(({ extra }) => extra?.['id']));
  let next = 0;
  return entities.map((entity) => {
    const { id: known, ...rest } = entity.extra ?? {};
    while (taken.has(next)) next++;
    const id = known ?? next++;
    return {
      id,
      label: labelOf(entity, options.level),
      start_offset: place(entity.start),
      end_offset: place(entity.end),
      ...rest,
    };
  });
}

/** Converts UTF-16 offsets of a text into those of the file. */
export function placesOf(text: string, { offsets }: WriteOptions): (offset: number) => number {
  if (offsets === 'utf16') return (offset) => offset;
  const map = new CodePointMap(text);
  return (offset) => map.toCodePoint(offset);
}
