import type { Entity, EntitySource, EntityState } from '../entity/entity';
import { phrase, type Phrase } from '../messages/phrase';

/** Reads and writes one optional key of an entity in JSON. */
interface EntityKey {
  readonly key: keyof Entity;
  /** What a valid value is, as the end of “must be”. */
  readonly expected: Phrase;
  /** The value for the entity; undefined when it is not valid. */
  readonly read: (value: unknown) => unknown;
  /** Whether only full output has it. */
  readonly full?: boolean;
}

const states: readonly EntityState[] = ['suggested', 'accepted', 'corrected', 'added', 'rejected'];

/** The optional keys of an entity in the order in which they are written. */
export const entityKeys: readonly EntityKey[] = [
  { key: 'score', expected: phrase`a number from 0 to 1`, read: readProbability },
  {
    key: 'state',
    expected: phrase`one of ${states.join(', ')}`,
    read: (value) => states.find((state) => state === value),
  },
  {
    key: 'source',
    expected: phrase`the name of an engine, or an object with engine, model or user`,
    read: readSource,
  },
  { key: 'reason', expected: phrase`a text`, read: readText },
  { key: 'annotator', expected: phrase`a text`, read: readText },
  { key: 'time', expected: phrase`a text`, read: readText },
  { key: 'flag', expected: phrase`true or false`, read: readBoolean },
  { key: 'comment', expected: phrase`a text`, read: readText },
  { key: 'candidates', expected: phrase`an array of paths`, read: readPaths, full: true },
  {
    key: 'levelScores',
    expected: phrase`an array of numbers from 0 to 1`,
    read: (value) => readAll(value, readProbability),
    full: true,
  },
  {
    key: 'alternatives',
    expected: phrase`an array of objects with path and score`,
    read: (value) => readAll(value, readScoredPath),
    full: true,
  },
];

/** An array of names that is not empty, without empty names. */
export function readPath(value: unknown): readonly string[] | undefined {
  const path = readAll(value, readText);
  return path === undefined || path.length === 0 || path.some((name) => name.trim() === '')
    ? undefined
    : path;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function readProbability(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}

function readPaths(value: unknown): readonly (readonly string[])[] | undefined {
  return readAll(value, readPath);
}

function readScoredPath(value: unknown) {
  if (typeof value !== 'object' || value === null) return undefined;
  const { path, score } = value as Record<string, unknown>;
  const read = { path: readPath(path), score: readProbability(score) };
  return read.path === undefined || read.score === undefined ? undefined : read;
}

function readSource(value: unknown): EntitySource | undefined {
  if (typeof value === 'string') return { engine: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.values(value).every((part) => typeof part === 'string') ? value : undefined;
}

function readAll<T>(value: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = (value as readonly unknown[]).map(read);
  return items.every((item) => item !== undefined) ? items : undefined;
}
