import type { Problem } from '../problem';
import { phrase } from '../messages/phrase';
import { readEntities } from './entityJson';
import type { PassageData, ReadOptions } from './format';
import { badPassage } from './jsonRecords';
import type { ReadPassage } from './passageJson';

type JsonObject = Readonly<Record<string, unknown>>;

/** What a JSON format says of a passage, its entities in the keys of JSONL. */
export interface MarkedText {
  readonly text: unknown;
  /** The key that holds the text, for problems. */
  readonly textKey: string;
  /** Items of the file's array of entities. */
  readonly items: unknown;
  readonly itemsKey: string;
  /** An item with the keys `start`, `end`, `label` and others; what is none comes back as it is. */
  readonly toEntity: (item: unknown) => unknown;
  readonly id?: unknown;
  /** All other keys. */
  readonly extra: JsonObject;
}

/** The passage of a JSON item that has a text and an array of entities with offsets. */
export function readMarkedText(marked: MarkedText, options: ReadOptions): ReadPassage {
  const { text, textKey, items = [], itemsKey, toEntity, id } = marked;
  if (typeof text !== 'string') {
    return badPassage(
      phrase`The passage has no text`,
      phrase`Write its text as a string under "${textKey}".`,
      textKey,
    );
  }
  const problems: Problem[] = [];
  const extra: Record<string, unknown> = { ...marked.extra };
  let listed: readonly unknown[] = [];
  if (Array.isArray(items)) listed = items;
  else if (items !== null) {
    extra[itemsKey] = items;
    problems.push({
      kind: 'entities',
      message: phrase`"${itemsKey}" is no array`,
      mend: phrase`It is kept and not used; write the entities as an array.`,
      field: itemsKey,
    });
  }
  const originals = new Map<unknown, unknown>();
  const mapped = listed.map((item) => {
    const entity = toEntity(item);
    originals.set(entity, item);
    return entity;
  });
  const read = readEntities(text, mapped, options, itemsKey);
  const unread = read.unread.map((item) => originals.get(item) ?? item);
  const named = typeof id === 'string' || typeof id === 'number';
  if (id !== undefined && typeof id !== 'string') extra['id'] = id;
  const lang = typeof extra['lang'] === 'string' ? extra['lang'] : undefined;
  if (lang !== undefined) delete extra['lang'];
  const passage: PassageData = {
    ...(named ? { id: String(id) } : {}),
    text,
    ...(lang === undefined ? {} : { lang }),
    entities: read.entities,
    ...(unread.length === 0 ? {} : { unread }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  return { passage, problems: [...problems, ...read.problems] };
}

/** The id as the file had it, a number or a text; nothing without one. */
export function writeId({ id, extra = {} }: PassageData): { readonly id?: unknown } {
  const kept = extra['id'];
  if ((typeof kept === 'number' || typeof kept === 'string') && String(kept) === id) {
    return { id: kept };
  }
  return id === undefined ? {} : { id };
}

/** The other keys of a passage without those named. */
export function otherKeys({ extra = {} }: PassageData, known: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(extra).filter(([key]) => !known.includes(key)));
}
