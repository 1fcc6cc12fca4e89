import { phrase } from '../messages/phrase';
import { placesOf } from './doccano';
import type { Format, PassageData, WriteOptions } from './format';
import { badPassage, isObject, jsonFormat } from './jsonRecords';
import { noteLosses, standingEntities, flattenEntities, type Capabilities } from './losses';
import { otherKeys, readMarkedText, writeId } from './markedJson';
import { labelOf } from './typeNames';

type JsonObject = Readonly<Record<string, unknown>>;

const can: Capabilities = { ids: true, entityKeys: true, keys: true, languages: true };

/**
 * spaCy's JSON: documents as `Doc.to_json` writes them (`text`, `ents`, `tokens`, …), one a line or in
 * an array, and training examples `["text", {"entities": [[start, end, "label"]]}]`. Code points.
 */
export const spacyFormat: Format = jsonFormat({
  name: 'spacy',
  title: phrase`spaCy JSON`,
  extensions: ['.jsonl', '.json'],
  layout: 'lines',

  recognise(item) {
    if (isExample(item)) return 1;
    if (!isObject(item) || typeof item['text'] !== 'string') return 0;
    if (Array.isArray(item['ents'])) return 1;
    return Array.isArray(item['tokens']) && Array.isArray(item['sents']) ? 0.95 : 0;
  },

  read(item, options) {
    if (isExample(item)) {
      const [text, { entities: items, ...extra }] = item;
      const from = { text, textKey: '0', items, itemsKey: 'entities', toEntity: fromTriple };
      return readMarkedText({ ...from, extra }, options);
    }
    if (!isObject(item)) {
      return badPassage(
        phrase`The item is neither a document nor an example`,
        phrase`Write a document as {"text": "…", "ents": [{"start": 0, "end": 1, "label": "…"}]}.`,
      );
    }
    const { text, ents: items, id, ...extra } = item;
    const toEntity = (ent: unknown) => ent;
    return readMarkedText(
      { text, textKey: 'text', items, itemsKey: 'ents', toEntity, id, extra },
      options,
    );
  },

  write(passage, options, model) {
    const { text, lang, unread = [] } = passage;
    const entities = flattenEntities(standingEntities(passage), can);
    if (isExample(model)) {
      const place = placesOf(text, options);
      const triples = entities.map((entity) => [
        place(entity.start),
        place(entity.end),
        labelOf(entity, options.level),
      ]);
      return [text, { entities: [...triples, ...unread], ...otherKeys(passage, []) }];
    }
    return {
      ...writeId(passage),
      text,
      ...(lang === undefined ? {} : { lang }),
      ents: [...writeEnts(passage, options), ...unread],
      ...otherKeys(passage, ['id', 'ents']),
    };
  },

  note(passage, options) {
    noteLosses(passage, can, options);
  },
});

function writeEnts(passage: PassageData, options: WriteOptions): JsonObject[] {
  const place = placesOf(passage.text, options);
  return flattenEntities(standingEntities(passage), can).map((entity) => ({
    start: place(entity.start),
    end: place(entity.end),
    label: labelOf(entity, options.level),
    ...entity.extra,
  }));
}

function isExample(item: unknown): item is readonly [string, JsonObject] {
  return (
    Array.isArray(item) &&
    item.length === 2 &&
    typeof item[0] === 'string' &&
    isObject(item[1]) &&
    'entities' in item[1]
  );
}

function fromTriple(item: unknown): unknown {
  if (!Array.isArray(item)) return item;
  const [start, end, label] = item as readonly unknown[];
  return { start, end, label };
}
