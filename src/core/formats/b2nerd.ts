import { phrase } from '../messages/phrase';
import { CodePointMap } from '../text/offsets';
import { alignMentions, type ListedMention } from './alignMentions';
import { placesOf } from './doccano';
import type { Format, ReadOptions } from './format';
import { badPassage, isObject, jsonFormat } from './jsonRecords';
import { noteLosses, standingEntities } from './losses';
import { otherKeys, readMarkedText, writeId } from './markedJson';
import type { ReadPassage } from './passageJson';
import { labelOf } from './typeNames';

/**
 * B2NERD's JSON: `sentence` and `entities` with `name`, `type` and `pos` (code points, end exclusive).
 * Where `pos` is absent or does not hold the name, the name is looked for.
 */
export const b2nerdFormat: Format = jsonFormat({
  name: 'b2nerd',
  title: phrase`B2NERD JSON`,
  extensions: ['.json', '.jsonl'],
  layout: 'array',

  recognise(item) {
    if (!isObject(item) || typeof item['sentence'] !== 'string') return 0;
    return Array.isArray(item['entities']) ? 1 : 0;
  },

  read: readItem,

  write(passage, options) {
    const { text, unread = [], lang } = passage;
    const place = placesOf(text, options);
    const entities = standingEntities(passage).map((entity) => ({
      name: text.slice(entity.start, entity.end),
      type: labelOf(entity, options.level),
      pos: [place(entity.start), place(entity.end)],
      ...entity.extra,
    }));
    return {
      ...writeId(passage),
      sentence: text,
      entities: [...entities, ...unread],
      ...(lang === undefined ? {} : { lang }),
      ...otherKeys(passage, ['id', 'sentence', 'entities']),
    };
  },

  note(passage, options) {
    const can = { ids: true, keys: true, languages: true, entityKeys: true };
    noteLosses(passage, { ...can, nested: true, crossing: true }, options);
  },
});

function readItem(item: unknown, options: ReadOptions): ReadPassage {
  if (!isObject(item) || typeof item['sentence'] !== 'string') {
    return badPassage(
      phrase`The item has no sentence`,
      phrase`Write its text as a string under "sentence".`,
      'sentence',
    );
  }
  const {
    sentence: text,
    entities: items,
    id,
    ...extra
  } = item as { sentence: string } & Record<string, unknown>;
  const listed = Array.isArray(items) ? (items as unknown[]) : [];
  const map = new CodePointMap(text);
  const unit = options.offsets === 'utf16' ? 'utf16' : 'code-points';
  const found = alignMentions(
    text,
    listed.map((entity): ListedMention => {
      const { name, type, pos } = isObject(entity) ? entity : {};
      const span = spanOf(pos, name, text, map, unit);
      return { mention: textOf(name), type: textOf(type), ...(span === undefined ? {} : { span }) };
    }),
  );
  const places = new Map(listed.map((entity, index) => [entity, found[index]]));
  const toEntity = (entity: unknown) => {
    const place = places.get(entity);
    if (!isObject(entity)) return entity;
    const { name, type: label, pos, ...rest } = entity;
    if (place === undefined || place.rule === 'missing' || textOf(name) === '') {
      const [start, end] = Array.isArray(pos) ? (pos as unknown[]) : [];
      return { ...rest, start, end, label };
    }
    const [start, end] =
      unit === 'utf16'
        ? [place.start, place.end]
        : [map.toCodePoint(place.start), map.toCodePoint(place.end)];
    return { ...rest, start, end, label };
  };
  return readMarkedText(
    { text, textKey: 'sentence', items, itemsKey: 'entities', toEntity, id, extra },
    options,
  );
}

/** The place that `pos` says, in UTF-16 units, where it holds the name. */
function spanOf(
  pos: unknown,
  name: unknown,
  text: string,
  map: CodePointMap,
  unit: 'utf16' | 'code-points',
) {
  if (!Array.isArray(pos) || pos.length !== 2) return undefined;
  const [from, to] = pos as readonly unknown[];
  const length = unit === 'utf16' ? text.length : map.length;
  if (!Number.isInteger(from) || !Number.isInteger(to)) return undefined;
  const [first, last] = [from as number, to as number];
  if (first < 0 || last > length || first >= last) return undefined;
  const [start, end] = unit === 'utf16' ? [first, last] : [map.toUtf16(first), map.toUtf16(last)];
  return text.slice(start, end) === name ? { start, end } : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
