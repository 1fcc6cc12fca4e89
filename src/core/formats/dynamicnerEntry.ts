import type { Entity } from '../entity/entity';
import { assignIds } from '../entity/entityId';
import type { Problem } from '../problem';
import { CodePointMap } from '../text/offsets';
import type { Range } from '../text/range';
import { phrase, type Phrase } from '../messages/phrase';
import { alignMentions, type Alignment, type ListedMention } from './alignMentions';
import type { PassageData, ReadOptions, UnplacedMention } from './format';
import { readTypeName } from './typeNames';

type JsonObject = Readonly<Record<string, unknown>>;

/** An entry of a DynamicNER file as a passage; `problem` says why there is none. */
export type ReadEntry =
  | { readonly passage: PassageData; readonly problems: readonly Problem[] }
  | { readonly passage?: undefined; readonly problem: Problem };

/** Reads one entry `{"sentence", "entity", "category", "span"?}` and finds its mentions in the text. */
export function readEntry(id: string, value: unknown, options: ReadOptions): ReadEntry {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad(
      phrase`"${id}" is no object`,
      phrase`An entry has the keys "sentence", "entity" and "category".`,
    );
  }
  const { sentence: text, entity: names = [], category = [], span, ...extra } = value as JsonObject;
  if (typeof text !== 'string') {
    return bad(
      phrase`"${id}" has no sentence`,
      phrase`Write its text as a string under "sentence".`,
    );
  }
  if (!areTexts(names) || !areTexts(category)) {
    const key = areTexts(names) ? 'category' : 'entity';
    return bad(
      phrase`"${key}" of "${id}" is no array of texts`,
      phrase`Write each mention as a text.`,
      key,
    );
  }
  if (names.length !== category.length) {
    return bad(
      phrase`"${id}" has ${names.length} entities and ${category.length} categories`,
      phrase`Give each entity one category, in the same order.`,
      'category',
    );
  }
  const problems: Problem[] = [];
  const spans = readSpans(text, names, span, problems);
  const listed = names.map((mention, index): ListedMention => {
    const place = spans[index];
    return {
      mention,
      type: category[index] ?? '',
      ...(place === undefined ? {} : { span: place }),
    };
  });
  const read = placeMentions(text, listed, options, problems);
  const passage: PassageData = {
    id,
    text,
    ...read,
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  return { passage, problems };
}

function placeMentions(
  text: string,
  listed: readonly ListedMention[],
  options: ReadOptions,
  problems: Problem[],
): { entities: readonly Entity[]; unplaced?: readonly UnplacedMention[] } {
  const drafts: Omit<Entity, 'id'>[] = [];
  const unplaced: UnplacedMention[] = [];
  alignMentions(text, listed).forEach((alignment, index) => {
    const { mention = '', type = '' } = listed[index] ?? {};
    const { problem, ...path } = readTypeName(type, options.taxonomy);
    if (problem !== undefined) problems.push({ ...problem, field: `category[${index}]` });
    const doubt = describeAlignment(text, mention, alignment);
    if (doubt !== undefined) problems.push({ ...doubt, field: `entity[${index}]` });
    if (alignment.rule === 'missing') unplaced.push({ mention, label: type });
    else drafts.push({ start: alignment.start, end: alignment.end, ...path, state: 'suggested' });
  });
  drafts.sort((a, b) => a.start - b.start || b.end - a.end);
  return { entities: assignIds(text, drafts), ...(unplaced.length === 0 ? {} : { unplaced }) };
}

function describeAlignment(text: string, mention: string, alignment: Alignment) {
  const of = (kind: string, message: Phrase, mend: Phrase) => ({ kind, message, mend });
  switch (alignment.rule) {
    case 'missing':
      return of(
        'missing-mention',
        phrase`“${mention}” does not occur in the sentence, or not as often as it is listed`,
        phrase`It is kept in the file and not shown; correct it or remove it.`,
      );
    case 'fuzzy':
      return of(
        'fuzzy-mention',
        phrase`“${mention}” stands in the sentence only as “${text.slice(alignment.start, alignment.end)}”`,
        phrase`Check the place, and write the mention as the sentence has it.`,
      );
    case 'overlapping':
      return of(
        'overlapping-mention',
        phrase`“${mention}” occurs only where another mention stands`,
        phrase`Check whether both are meant.`,
      );
    case 'out-of-order':
      return of(
        'out-of-order-mention',
        phrase`“${mention}” is not listed in the order of the sentence`,
        phrase`Check the place; list mentions in text order.`,
      );
    default:
      return alignment.others === 0
        ? undefined
        : of(
            'ambiguous-mention',
            alignment.others === 1
              ? phrase`“${mention}” also stands at another place that no mention takes`
              : phrase`“${mention}” also stands at ${alignment.others} other places that no mention takes`,
            phrase`Check that the marked place is meant.`,
          );
  }
}

/** The places that the entry says, in UTF-16 units; those that do not fit their mention are left out. */
function readSpans(
  text: string,
  names: readonly string[],
  span: unknown,
  problems: Problem[],
): readonly (Range | undefined)[] {
  if (span === undefined) return [];
  if (!Array.isArray(span) || span.length !== names.length) {
    problems.push({
      kind: 'span',
      message: phrase`"span" is no array with one place for each entity`,
      mend: phrase`It is not used; write [[start, end], …] in code points, or remove it.`,
      field: 'span',
    });
    return [];
  }
  const map = new CodePointMap(text);
  return (span as readonly unknown[]).map((pair, index) => {
    if (pair === null) return undefined;
    const place = readSpan(pair, map);
    if (place !== undefined && text.slice(place.start, place.end) === names[index]) return place;
    problems.push({
      kind: 'span',
      message: phrase`The place ${JSON.stringify(pair)} is not one of “${names[index] ?? ''}”`,
      mend: phrase`It is not used, and the mention is looked for; correct it: code points, end exclusive.`,
      field: `span[${index}]`,
    });
    return undefined;
  });
}

function readSpan(pair: unknown, map: CodePointMap): Range | undefined {
  if (!Array.isArray(pair) || pair.length !== 2) return undefined;
  const [start, end] = pair as readonly unknown[];
  const fits = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= map.length;
  if (!fits(start) || !fits(end) || start >= end) return undefined;
  return { start: map.toUtf16(start), end: map.toUtf16(end) };
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function bad(message: Phrase, mend: Phrase, field?: string): ReadEntry {
  return { problem: { kind: 'entry', message, mend, ...(field === undefined ? {} : { field }) } };
}
