import type { Entity } from '../entity/entity';
import { CodePointMap } from '../text/offsets';
import { phrase, type Phrase } from '../messages/phrase';
import { alignMentions } from './alignMentions';
import type { PassageData, WriteNote, WriteOptions } from './format';
import { labelOf } from './typeNames';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The entry of a passage: mentions in text order, rejected ones left out, and `span` (code points)
 * where a reader that knows only the two arrays would find another place.
 */
export function writeEntry(passage: PassageData, options: WriteOptions): JsonObject {
  const { text, extra = {}, unplaced = [] } = passage;
  const entities = standing(passage);
  const names = entities.map(({ start, end }) => text.slice(start, end));
  const categories = entities.map((entity) => labelOf(entity, options.level));
  const map = new CodePointMap(text);
  const span = entities.map(({ start, end }) => [map.toCodePoint(start), map.toCodePoint(end)]);
  return {
    sentence: text,
    entity: [...names, ...unplaced.map(({ mention }) => mention)],
    category: [...categories, ...unplaced.map(({ label }) => label)],
    ...(isFoundAgain(text, entities, names, categories)
      ? {}
      : { span: [...span, ...unplaced.map(() => null)] }),
    ...extra,
  };
}

/** Tells what the entry of a passage says less exactly, or in an unusual way. */
export function noteEntry(passage: PassageData, { onNote, ...options }: WriteOptions): void {
  if (onNote === undefined) return;
  for (const note of notesOf(passage, options)) onNote(note, passage);
}

/** What the entry of a passage says less exactly, or in an unusual way. */
function notesOf(passage: PassageData, options: WriteOptions): WriteNote[] {
  const { entities, text } = passage;
  const shown = standing(passage);
  const notes: WriteNote[] = [];
  const add = (applies: boolean, kind: string, message: Phrase, lost = true) => {
    if (applies) notes.push({ kind, message, lost });
  };
  const has = (key: keyof Entity) => entities.some((entity) => entity[key] !== undefined);
  add(has('score'), 'scores', phrase`The format has no scores; they are left out.`);
  add(has('source'), 'sources', phrase`The format does not say who found an entity.`);
  add(
    shown.some(({ state }) => state !== 'suggested'),
    'states',
    phrase`The format does not say what a person decided on an entity.`,
  );
  add(shown.length < entities.length, 'rejected', phrase`Rejected entities are left out.`);
  add(
    (['reason', 'annotator', 'time', 'flag', 'comment', 'extra'] as const).some(has),
    'details',
    phrase`The format has no annotators, times, flags, comments and other keys of entities.`,
  );
  add(passage.lang !== undefined, 'language', phrase`The format does not say the language.`);
  add(
    (passage.unread ?? []).length > 0,
    'unread',
    phrase`Entities that could not be read are left out.`,
  );
  add(
    shown.some(({ path }) => path.length > 1),
    'paths',
    phrase`The format has one name for a type; the levels above come from the taxonomy.`,
  );
  add(
    hasOverlap(shown),
    'nested',
    phrase`Entities that overlap are listed, but readers that know no "span" cannot place them.`,
  );
  const needsSpan = 'span' in writeEntry({ ...passage, extra: {} }, options);
  add(
    needsSpan && text !== '',
    'span-key',
    phrase`Entries where a mention would be found at another place got the key "span".`,
    false,
  );
  return notes;
}

function standing({ entities }: PassageData): Entity[] {
  return entities
    .filter(({ state }) => state !== 'rejected')
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

function isFoundAgain(
  text: string,
  entities: readonly Entity[],
  names: readonly string[],
  categories: readonly string[],
): boolean {
  const listed = names.map((mention, index) => ({ mention, type: categories[index] ?? '' }));
  return alignMentions(text, listed).every((place, index) => {
    const entity = entities[index];
    return place.rule !== 'missing' && place.start === entity?.start && place.end === entity.end;
  });
}

function hasOverlap(entities: readonly Entity[]): boolean {
  let end = 0;
  return entities.some((entity) => {
    const overlaps = entity.start < end;
    end = Math.max(end, entity.end);
    return overlaps;
  });
}
