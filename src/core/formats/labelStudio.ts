import { scoreAtLevel, type Entity } from '../entity/entity';
import { phrase } from '../messages/phrase';
import { CodePointMap } from '../text/offsets';
import { placesOf } from './doccano';
import type { Format, PassageData, ReadOptions, WriteOptions } from './format';
import { badPassage, isObject, jsonFormat } from './jsonRecords';
import { noteLosses } from './losses';
import { otherKeys, readMarkedText, writeId } from './markedJson';
import type { ReadPassage } from './passageJson';
import { labelOf } from './typeNames';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Label Studio's tasks: `data` with the text, `annotations` (of people) and `predictions` (of models),
 * each with `result` regions of type `labels`. Offsets are code points; regions that say their text are
 * believed where they were counted in UTF-16 units, as older versions did.
 */
export const labelStudioFormat: Format = jsonFormat({
  name: 'labelstudio',
  title: phrase`Label Studio JSON`,
  extensions: ['.json'],
  layout: 'array',

  recognise(item) {
    if (!isObject(item) || !isObject(item['data'])) return 0;
    return 'annotations' in item || 'predictions' in item ? 1 : 0.7;
  },

  read: readTask,
  write: writeTask,

  note(passage, options) {
    const rejected = passage.entities.some(({ state }) => state === 'rejected');
    const can = { ids: true, keys: true, languages: true, scores: true, entityKeys: true };
    noteLosses(passage, { ...can, nested: true, crossing: true, states: !rejected }, options);
  },
});

interface Region {
  readonly start: unknown;
  readonly end: unknown;
  readonly label: unknown;
}

function readTask(item: unknown, options: ReadOptions): ReadPassage {
  const key = isObject(item) && isObject(item['data']) ? textKeyOf(item['data']) : undefined;
  if (!isObject(item) || !isObject(item['data']) || key === undefined) {
    return badPassage(
      phrase`The task has no text`,
      phrase`Write it as {"data": {"text": "…"}}.`,
      'data',
    );
  }
  const { id, data, ...extra } = item;
  const text = data[key];
  const people = regionsOf(extra['annotations']).filter(isLabels);
  const models = regionsOf(extra['predictions']).filter(isLabels);
  const map = new CodePointMap(text as string);
  const items = [
    ...people.map((region) => toEntity(region, 'accepted', text as string, map, options)),
    ...(people.length > 0
      ? []
      : models.map((region) => toEntity(region, 'suggested', text as string, map, options))),
  ];
  const marked = { text, textKey: `data.${key}`, items, itemsKey: 'result' };
  const same = (entity: unknown) => entity;
  const lang = typeof data['lang'] === 'string' ? { lang: data['lang'] } : {};
  const read = readMarkedText(
    { ...marked, toEntity: same, id, extra: { ...extra, ...lang, data } },
    options,
  );
  if (read.passage === undefined) return read;
  // Regions that were not understood stay in `annotations`, which is kept whole.
  const { unread, ...passage } = read.passage;
  return unread === undefined ? read : { passage, problems: read.problems };
}

function toEntity(
  region: JsonObject,
  state: Entity['state'],
  text: string,
  map: CodePointMap,
  options: ReadOptions,
): JsonObject {
  const value = isObject(region['value']) ? region['value'] : {};
  const { start, end, text: mention, labels } = value;
  const label: unknown = Array.isArray(labels) ? labels[0] : undefined;
  const { id, score } = region;
  const place = placeOf({ start, end, label }, mention, text, map, options);
  return {
    ...place,
    label,
    ...(typeof score === 'number' ? { score } : {}),
    ...(state === 'suggested' ? {} : { state }),
    ...(id === undefined ? {} : { regionId: id }),
  };
}

/** The offsets in the unit that the caller reads; the unit of the file is that in which the text fits. */
function placeOf(
  { start, end }: Region,
  mention: unknown,
  text: string,
  map: CodePointMap,
  { offsets }: ReadOptions,
): { start: unknown; end: unknown } {
  if (typeof start !== 'number' || typeof end !== 'number' || typeof mention !== 'string') {
    return { start, end };
  }
  const inside = (length: number) => start >= 0 && end <= length && Number.isInteger(start + end);
  const fitsPoints =
    inside(map.length) && text.slice(map.toUtf16(start), map.toUtf16(end)) === mention;
  const fitsUnits = inside(text.length) && text.slice(start, end) === mention;
  if (offsets !== 'utf16' && !fitsPoints && fitsUnits) {
    return { start: map.toCodePoint(start), end: map.toCodePoint(end) };
  }
  if (offsets === 'utf16' && !fitsUnits && fitsPoints) {
    return { start: map.toUtf16(start), end: map.toUtf16(end) };
  }
  return { start, end };
}

function writeTask(passage: PassageData, options: WriteOptions, model?: unknown): unknown {
  const { text, entities, lang } = passage;
  const old = isObject(passage.extra?.['data']) ? passage.extra['data'] : {};
  const key = textKeyOf(old) ?? 'text';
  const names = regionNames(model ?? passage.extra);
  const place = placesOf(text, options);
  const region = (entity: Entity, index: number): JsonObject => {
    const { regionId, ...rest } = entity.extra ?? {};
    return {
      id: regionId ?? `e${index}`,
      from_name: names.from,
      to_name: names.to,
      type: 'labels',
      value: {
        start: place(entity.start),
        end: place(entity.end),
        text: text.slice(entity.start, entity.end),
        labels: [labelOf(entity, options.level)],
      },
      ...(entity.score === undefined ? {} : { score: scoreAtLevel(entity, options.level) }),
      ...rest,
    };
  };
  const regions = entities.map((entity, index) => ({ entity, region: region(entity, index) }));
  const standing = regions.filter(({ entity }) => entity.state !== 'rejected');
  const people = standing.filter(({ entity }) => entity.state !== 'suggested');
  const models = standing.filter(({ entity }) => entity.state === 'suggested');
  const { annotations, predictions } = passage.extra ?? {};
  const hasPeople = people.length > 0 || regionsOf(annotations).some(isLabels);
  return {
    ...writeId(passage),
    data: { ...old, [key]: text, ...(lang === undefined ? {} : { lang }) },
    ...otherKeys(passage, ['id', 'data', 'annotations', 'predictions']),
    ...resultKey('annotations', annotations, hasPeople ? [...people, ...models] : []),
    ...resultKey('predictions', predictions, hasPeople ? undefined : models),
  };
}

/** The list with its first item's label regions replaced; others, and other kinds of regions, stay. */
function resultKey(
  key: string,
  known: unknown,
  regions: readonly { readonly region: JsonObject }[] | undefined,
): JsonObject {
  const list = Array.isArray(known) ? (known as readonly unknown[]) : undefined;
  if (regions === undefined || (regions.length === 0 && !regionsOf(known).some(isLabels))) {
    if (known !== undefined) return { [key]: known };
    return key === 'annotations' ? { annotations: [] } : {};
  }
  const first = isObject(list?.[0]) ? list[0] : {};
  const others = regionsOf([first]).filter((region) => !isLabels(region));
  const result = [...regions.map(({ region }) => region), ...others];
  const rest = (list ?? []).slice(1).map((item) => (isObject(item) ? item : {}));
  return { [key]: [{ ...first, result }, ...rest] };
}

function regionNames(task: unknown): { readonly from: unknown; readonly to: unknown } {
  const lists = isObject(task) ? [task['annotations'], task['predictions']] : [];
  const known = lists.flatMap(regionsOf).find(isLabels);
  return { from: known?.['from_name'] ?? 'label', to: known?.['to_name'] ?? 'text' };
}

function regionsOf(list: unknown): JsonObject[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const result = isObject(item) ? item['result'] : undefined;
    return Array.isArray(result) ? result.filter(isObject) : [];
  });
}

function isLabels(region: JsonObject): boolean {
  return region['type'] === 'labels' && isObject(region['value']);
}

function textKeyOf(data: JsonObject): string | undefined {
  if (typeof data['text'] === 'string') return 'text';
  return Object.keys(data).find((key) => typeof data[key] === 'string' && key !== 'lang');
}
