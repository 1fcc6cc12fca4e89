import { isHuman, type Entity } from '../entity/entity';
import { inTextOrder } from '../entity/resolveOverlaps';
import type { PassageData } from '../formats/format';
import { jsonlFormat } from '../formats/jsonl';
import { anchorOf, findAnchor, viewOfString, type HumanRecord } from './anchor';
import { locatePassages } from './locatePassages';
import { digestOf, type Version } from './mergeAnnotations';
import { realignSpans } from './realignSpans';

/** What a file of annotations says beside the annotations; written back as it was. */
export interface FileRest {
  /** Passages with an id, a language or keys that are not ours. */
  readonly details: readonly Omit<PassageData, 'entities'>[];
  /** Lines that are no passages. */
  readonly badLines: readonly string[];
  /** Whether the file holds suggestions of an engine too. */
  readonly suggests: boolean;
}

/** An annotation of a file, with its words in the text that the file was read for. */
export interface FiledRecord extends HumanRecord {
  readonly version: Version;
}

/** A file of annotations read for a text; offsets are UTF-16 units of that text. */
export interface AnnotationFile {
  /** What humans decided on, in text order; ids are unique. */
  readonly standing: readonly FiledRecord[];
  readonly suggestions: readonly Entity[];
  /** What humans decided on and has no place in the text. */
  readonly notPlaced: readonly FiledRecord[];
  readonly rest: FileRest;
  /** Whether the file's passages are the text as it is now. */
  readonly isSame: boolean;
}

export const noRest: FileRest = { details: [], badLines: [], suggests: false };

/** Marks the passage of a single annotation without a place: its words with what stood around them. */
export const placedKey = 'placed';

/**
 * Reads `NAME.entities.jsonl` for the text of NAME as it is now. Where the passages of the file are
 * not the text any more, annotations are placed by comparing the two word by word; what has no place
 * is set aside with its words. Never throws for a file's content.
 */
export async function readAnnotations(bytes: Uint8Array, text: string): Promise<AnnotationFile> {
  const passages: PassageData[] = [];
  const aside: PassageData[] = [];
  const badLines: string[] = [];
  for await (const record of jsonlFormat.read([bytes])) {
    if (record.kind === 'bad') {
      const { start, end } = record.source;
      badLines.push(new TextDecoder().decode(bytes.subarray(start, end)));
    } else {
      (record.extra?.[placedKey] === false ? aside : passages).push(record);
    }
  }
  const ids = new UniqueIds();
  const placed = place(passages, text, ids);
  const again = placeAgain(aside, text, ids);
  const all = [...placed.standing, ...again.standing].sort(inTextOrder);
  const suggestions = all.filter((entity) => !isHuman(entity));
  const view = viewOfString(text);
  const notPlaced = [...placed.notPlaced, ...again.notPlaced];
  return {
    standing: all
      .filter(isHuman)
      .map((entity) => filed({ entity, anchor: anchorOf(view, entity) })),
    suggestions,
    notPlaced: notPlaced.filter(({ entity }) => isHuman(entity)).map(filed),
    rest: { details: passages.flatMap(detailsOf), badLines, suggests: suggestions.length > 0 },
    isSame: placed.isSame && again.standing.length === 0,
  };
}

function filed(record: HumanRecord): FiledRecord {
  const { entity, anchor } = record;
  const { time } = entity;
  const digest = digestOf(entity, anchor.quote);
  return { ...record, version: { digest, ...(time === undefined ? {} : { time }) } };
}

interface Placed {
  /** Whether the passages are the text. */
  readonly isSame: boolean;
  readonly standing: Entity[];
  readonly notPlaced: HumanRecord[];
}

/** The entities of passages, placed in a text that has them or had them once. */
export function place(
  passages: readonly PassageData[],
  text: string,
  ids = new UniqueIds(),
): Placed {
  const starts = locatePassages(passages, text);
  const old = starts === undefined ? joinPassages(passages) : undefined;
  const listed = passages.flatMap(({ entities }, index) => {
    const start = (starts ?? old?.starts ?? [])[index] ?? 0;
    return entities.map((entity) => ({
      ...entity,
      id: ids.take(entity.id),
      start: start + entity.start,
      end: start + entity.end,
    }));
  });
  if (old === undefined) return { standing: listed, notPlaced: [], isSame: true };
  const standing: Entity[] = [];
  const notPlaced: HumanRecord[] = [];
  const view = viewOfString(old.text);
  realignSpans(old.text, text, listed).forEach((span, index) => {
    const entity = listed[index];
    if (entity === undefined) return;
    if (span !== undefined) standing.push({ ...entity, ...span });
    else notPlaced.push({ entity, anchor: anchorOf(view, entity) });
  });
  return { standing, notPlaced, isSame: false };
}

/** The same of passages that were set aside; each has the words of its entity and those around them. */
function placeAgain(
  passages: readonly PassageData[],
  text: string,
  ids: UniqueIds,
): Omit<Placed, 'isSame'> {
  const standing: Entity[] = [];
  const notPlaced: HumanRecord[] = [];
  const view = viewOfString(text);
  for (const { text: words, entities } of passages) {
    for (const one of entities) {
      const entity = { ...one, id: ids.take(one.id) };
      const anchor = anchorOf(viewOfString(words), entity);
      const found = findAnchor(view, anchor, { start: 0, end: text.length }, entity.start);
      if (found !== undefined) standing.push({ ...entity, ...found });
      else notPlaced.push({ entity, anchor });
    }
  }
  return { standing, notPlaced };
}

function joinPassages(passages: readonly PassageData[]) {
  const gap = '\n\n';
  const starts: number[] = [];
  let at = 0;
  for (const { text } of passages) {
    starts.push(at);
    at += text.length + gap.length;
  }
  return { text: passages.map(({ text }) => text).join(gap), starts };
}

function detailsOf({ id, text, lang, unread, extra }: PassageData) {
  const isPlain =
    id === undefined && lang === undefined && unread === undefined && extra === undefined;
  if (isPlain) return [];
  return [
    {
      text,
      ...(id === undefined ? {} : { id }),
      ...(lang === undefined ? {} : { lang }),
      ...(unread === undefined ? {} : { unread }),
      ...(extra === undefined ? {} : { extra }),
    },
  ];
}

/** Ids of a whole document: files of other programs have none, or count anew in every passage. */
class UniqueIds {
  private readonly given = new Set<string>();

  take(id: string): string {
    let unique = id;
    for (let next = 2; this.given.has(unique); next++) unique = `${id}.${next}`;
    this.given.add(unique);
    return unique;
  }
}
