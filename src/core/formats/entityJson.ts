import { scoreAtLevel, type Entity, type TypePath } from '../entity/entity';
import { assignIds } from '../entity/entityId';
import { foldName } from '../labels/names';
import type { Problem } from '../problem';
import { isInsidePair } from '../text/range';
import { CodePointMap } from '../text/offsets';
import { phrase, type Phrase } from '../messages/phrase';
import { entityKeys, readPath } from './entityKeys';
import type { ReadOptions, WriteOptions } from './format';
import { labelOf, readTypeName } from './typeNames';

/** What was read of a passage's array of entities. */
export interface ReadEntities {
  /** In text order, the longer of two with the same start first. */
  readonly entities: readonly Entity[];
  /** Items that could not be read, as they stand in the file. */
  readonly unread: readonly unknown[];
  readonly problems: readonly Problem[];
}

type JsonObject = Readonly<Record<string, unknown>>;
type Draft = Omit<Entity, 'id'> & { id?: string };

/**
 * Reads entities with offsets; each item that is not valid is a problem, and kept.
 * @param key The key of the file that holds them, for the fields of problems.
 */
export function readEntities(
  text: string,
  items: readonly unknown[],
  options: ReadOptions,
  key = 'entities',
): ReadEntities {
  const problems: Problem[] = [];
  const unread: unknown[] = [];
  const drafts: Draft[] = [];
  const offsets = new OffsetReader(text, options);
  items.forEach((item, index) => {
    const draft = readEntity(item, `${key}[${index}]`, offsets, options, problems);
    if (draft === undefined) unread.push(item);
    else drafts.push(draft);
  });
  drafts.sort((a, b) => a.start - b.start || b.end - a.end);
  return { entities: assignIds(text, drafts), unread, problems };
}

/** The entity as an object for JSON; keys that it does not have are left out. */
export function writeEntity(entity: Entity, map: CodePointMap, options: WriteOptions): JsonObject {
  const place = (offset: number) =>
    options.offsets === 'utf16' ? offset : map.toCodePoint(offset);
  const written: Record<string, unknown> = {
    start: place(entity.start),
    end: place(entity.end),
    label: labelOf(entity, options.level),
  };
  if (entity.path.length > 1) written['path'] = entity.path;
  if (options.full === true) written['id'] = entity.id;
  for (const { key, full } of entityKeys) {
    if (entity[key] === undefined || (full === true && options.full !== true)) continue;
    if (key !== 'state' || entity.state !== 'suggested') written[key] = entity[key];
    if (key === 'score') written[key] = scoreAtLevel(entity, options.level);
  }
  const { coarse, medium, ...extra } = entity.extra ?? {};
  if (coarse !== undefined) written['coarse'] = entity.path[0] ?? coarse;
  if (medium !== undefined) written['medium'] = entity.path[1] ?? medium;
  return { ...written, ...extra };
}

function readEntity(
  item: unknown,
  field: string,
  offsets: OffsetReader,
  options: ReadOptions,
  problems: Problem[],
): Draft | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    problems.push({
      kind: 'entity',
      message: phrase`An entity is no object`,
      mend: phrase`Write it as {"start": …, "end": …, "label": …}.`,
      field,
    });
    return undefined;
  }
  const { start, end, label, path, ...rest } = item as JsonObject;
  const range = offsets.read(start, end, field, problems);
  const type = readType(label, path, rest, field, options, problems);
  if (range === undefined || type === undefined) return undefined;
  return { ...readKeys(rest, field, problems), ...range, ...type };
}

function readType(
  label: unknown,
  path: unknown,
  rest: JsonObject,
  field: string,
  options: ReadOptions,
  problems: Problem[],
): { path: TypePath; candidates?: readonly TypePath[] } | undefined {
  const whole = path === undefined ? pathOfLevels(label, rest) : readPath(path);
  if (whole !== undefined) {
    if (typeof label === 'string' && !whole.some((name) => foldName(name) === foldName(label))) {
      problems.push({
        kind: 'label-path',
        message: phrase`The label “${label}” is no part of its path “${whole.join(' › ')}”`,
        mend: phrase`The path is taken; write one of its names as the label.`,
        field: `${field}.label`,
      });
    }
    return { path: options.taxonomy?.node(whole)?.path ?? whole };
  }
  if (path !== undefined || typeof label !== 'string' || label.trim() === '') {
    const bad = path === undefined ? 'label' : 'path';
    problems.push({
      kind: 'type',
      message:
        bad === 'label' ? phrase`The entity has no label` : phrase`The path is no array of names`,
      mend:
        bad === 'label'
          ? phrase`Write the name of its type as "label".`
          : phrase`Write the names of the type from the top level down, as ["person", "real person"].`,
      field: `${field}.${bad}`,
    });
    return undefined;
  }
  const { problem, ...type } = readTypeName(label, options.taxonomy);
  if (problem !== undefined) problems.push({ ...problem, field: `${field}.label` });
  return type;
}

/** The path of files that write the upper levels as keys of their own. */
function pathOfLevels(label: unknown, { coarse, medium }: JsonObject): TypePath | undefined {
  return readPath(medium === undefined ? [coarse, label] : [coarse, medium, label]);
}

/** The optional keys; what is unknown or not valid is kept as it is. */
function readKeys(rest: JsonObject, field: string, problems: Problem[]) {
  const { id, ...others } = rest;
  const known: Record<string, unknown> = { state: 'suggested' };
  const extra: Record<string, unknown> = { ...others };
  for (const { key, expected, read } of entityKeys) {
    const value = extra[key];
    if (value === undefined) continue;
    const valid = read(value);
    if (valid === undefined) {
      problems.push({
        kind: 'value',
        message: phrase`The value ${JSON.stringify(value)} of "${key}" is not valid`,
        mend: phrase`It is kept and not used; it must be ${expected}.`,
        field: `${field}.${key}`,
      });
    } else {
      known[key] = valid;
      delete extra[key];
    }
  }
  if (typeof id === 'string' && id !== '') known['id'] = id;
  else if (id !== undefined) extra['id'] = id;
  return {
    ...(known as Pick<Entity, 'state'>),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

/** Reads offsets of one text and says what is wrong with them. */
class OffsetReader {
  private readonly map: CodePointMap;
  private readonly unit: 'utf16' | 'code-points';
  private readonly length: number;

  constructor(
    private readonly text: string,
    options: ReadOptions,
  ) {
    this.map = new CodePointMap(text);
    this.unit = options.offsets ?? 'code-points';
    this.length = this.unit === 'utf16' ? text.length : this.map.length;
  }

  /** The range in UTF-16 units; undefined, with a problem, when it is none of the text. */
  read(start: unknown, end: unknown, field: string, problems: Problem[]) {
    const from = this.readOne(start, `${field}.start`, problems);
    const to = this.readOne(end, `${field}.end`, problems);
    if (from === undefined || to === undefined) return undefined;
    if (from < to) return { start: from, end: to };
    problems.push({
      kind: 'offset',
      message: phrase`The end ${String(end)} does not lie after the start ${String(start)}`,
      mend: phrase`The end is the offset after the last character of the mention.`,
      field: `${field}.end`,
    });
    return undefined;
  }

  private readOne(value: unknown, field: string, problems: Problem[]): number | undefined {
    const unitName = this.unit === 'utf16' ? phrase`UTF-16 units` : phrase`code points`;
    const fail = (message: Phrase, mend: Phrase) => {
      problems.push({ kind: 'offset', message, mend, field });
      return undefined;
    };
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      return fail(
        value === undefined
          ? phrase`The offset is missing`
          : phrase`The offset is ${JSON.stringify(value)}`,
        phrase`Write a whole number of ${unitName}.`,
      );
    }
    if (value < 0 || value > this.length) {
      const other = this.unit === 'code-points' && value >= 0 && value <= this.text.length;
      return fail(
        phrase`The offset ${value} lies outside the text, which has ${this.length} ${unitName}`,
        other
          ? phrase`It would fit as UTF-16 units: read the file with these.`
          : phrase`Count ${unitName} from the beginning of the text.`,
      );
    }
    if (this.unit === 'code-points') return this.map.toUtf16(value);
    if (isInsidePair(this.text, value)) {
      return fail(
        phrase`The offset ${value} lies inside a surrogate pair`,
        phrase`Move it by one unit, or read the file with code points.`,
      );
    }
    return value;
  }
}
