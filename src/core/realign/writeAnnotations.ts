import type { Entity } from '../entity/entity';
import { inTextOrder } from '../entity/resolveOverlaps';
import type { PassageData } from '../formats/format';
import { writePassage } from '../formats/passageJson';
import { splitParagraphs } from '../text/paragraphs';
import type { Range } from '../text/range';
import type { HumanRecord } from './anchor';
import { noRest, placedKey, type FileRest } from './annotationFile';

/**
 * The lines of `NAME.entities.jsonl`: a passage a paragraph of the text, all of them in order, with
 * code point offsets; then a passage for each annotation that has no place, with the words that stood
 * around it.
 * @param entities Offsets are UTF-16 units of the text.
 */
export function* writeAnnotations(
  text: string,
  entities: readonly Entity[],
  notPlaced: readonly HumanRecord[],
  rest: FileRest = noRest,
): Generator<string, void> {
  const sorted = [...entities].sort(inTextOrder);
  const details = new Map<string, Omit<PassageData, 'entities'>[]>();
  for (const one of rest.details) {
    details.set(one.text, [...(details.get(one.text) ?? []), one]);
  }
  let next = 0;
  for (const { start, end } of joinAcross(splitParagraphs(text), sorted)) {
    const inside: Entity[] = [];
    for (; next < sorted.length && (sorted[next]?.start ?? end) < end; next++) {
      const entity = sorted[next];
      if (entity === undefined) break;
      inside.push({ ...entity, start: entity.start - start, end: entity.end - start });
    }
    const passage = text.slice(start, end);
    const own = details.get(passage)?.shift();
    yield lineOf({ ...own, text: passage, entities: inside });
  }
  for (const { entity, anchor } of notPlaced) {
    const { before, quote, after } = anchor;
    const start = before.length;
    yield lineOf({
      text: before + quote + after,
      entities: [{ ...entity, start, end: start + quote.length }],
      extra: { [placedKey]: false },
    });
  }
  for (const line of rest.badLines) yield `${line}\n`;
}

function lineOf(passage: PassageData): string {
  return `${JSON.stringify(writePassage(passage, { full: true }))}\n`;
}

/** The paragraphs, those that an entity reaches across joined; both in text order. */
function joinAcross(paragraphs: readonly Range[], entities: readonly Range[]): Range[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...paragraphs, ...entities].sort(inTextOrder)) {
    const last = joined.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}
