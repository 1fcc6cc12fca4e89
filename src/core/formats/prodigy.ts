import { phrase } from '../messages/phrase';
import { CodePointMap } from '../text/offsets';
import { writeEntity } from './entityJson';
import type { Format } from './format';
import { badPassage, isObject, jsonFormat } from './jsonRecords';
import { noteLosses, standingEntities } from './losses';
import { otherKeys, readMarkedText, writeId } from './markedJson';

/**
 * Prodigy's JSONL: `text`, `spans` with code point offsets, `tokens`, `meta`, and the annotator's
 * `answer`, which is kept. Scores, paths and states stand in a span beside Prodigy's own keys.
 */
export const prodigyFormat: Format = jsonFormat({
  name: 'prodigy',
  title: phrase`Prodigy JSONL`,
  extensions: ['.jsonl'],
  layout: 'lines',

  recognise(item) {
    if (!isObject(item) || typeof item['text'] !== 'string') return 0;
    if ('entities' in item || 'ents' in item) return 0;
    const signs = ['answer', '_input_hash', '_task_hash', '_view_id', 'tokens'];
    if (Array.isArray(item['spans'])) return 1;
    return signs.some((key) => key in item) ? 0.9 : 0;
  },

  read(item, options) {
    if (!isObject(item)) {
      return badPassage(
        phrase`The line is no JSON object`,
        phrase`Write a task as {"text": "…", "spans": [{"start": 0, "end": 1, "label": "…"}]}.`,
      );
    }
    const { text, spans, id, ...extra } = item;
    return readMarkedText(
      {
        text,
        textKey: 'text',
        items: spans,
        itemsKey: 'spans',
        toEntity: (span) => span,
        id,
        extra,
      },
      options,
    );
  },

  write(passage, options, model) {
    const map = new CodePointMap(passage.text);
    const extra = otherKeys(passage, ['id']);
    const spans = standingEntities(passage).map((entity) => writeEntity(entity, map, options));
    const all = [...spans, ...(passage.unread ?? [])];
    const hadNone = isObject(model) && !('spans' in model);
    return {
      ...writeId(passage),
      text: passage.text,
      ...(passage.lang === undefined ? {} : { lang: passage.lang }),
      ...('spans' in extra || (hadNone && all.length === 0) ? {} : { spans: all }),
      ...extra,
    };
  },

  note(passage, options) {
    noteLosses(
      passage,
      {
        ids: true,
        keys: true,
        languages: true,
        scores: true,
        sources: true,
        details: true,
        entityKeys: true,
        paths: true,
        nested: true,
        crossing: true,
        states: passage.entities.every(({ state }) => state !== 'rejected'),
      },
      options,
    );
  },
});
