import type { Entity, TypePath } from '../entity/entity';
import { detectFormat } from '../formats/formats';
import type { ByteChunks, PassageData, ReadOptions } from '../formats/format';
import { withoutKeys } from '../withoutKeys';
import { foldPath } from './names';
import type { Taxonomy } from './taxonomy';
import type { PathChange } from './taxonomyFile/taxonomyEdit';

/** A file of annotations, its content in UTF-8. */
export interface AnnotatedFile {
  readonly name: string;
  /** Its first bytes, some thousands. */
  readonly head: Uint8Array;
  /** All of it, from the beginning at each call. */
  chunks(): ByteChunks;
}

/** What rewriting the types of a file gives. */
export interface RewrittenTypes {
  readonly bytes: Uint8Array;
  /** Entities whose type is another one now. */
  readonly entities: number;
}

/**
 * The file of annotations with the types that changed under their new paths; what does not change
 * stays byte for byte. Undefined where nothing changes, or the file is of no format with entities.
 * @param before The taxonomy before the changes, which bare names of types are resolved by.
 * @throws InputError when the file cannot be edited safely.
 */
export async function rewriteTypes(
  file: AnnotatedFile,
  changes: readonly PathChange[],
  before: Taxonomy,
): Promise<RewrittenTypes | undefined> {
  const format = detectFormat(file.head, file.name);
  if (format === undefined || format.name === 'text') return undefined;
  const rename = renamer(changes);
  const options: ReadOptions = { taxonomy: before };
  const replaced = new Map<number, PassageData>();
  let entities = 0;
  for await (const record of format.read(file.chunks(), options)) {
    if (record.kind === 'bad') continue;
    const renamed = record.entities.map((entity) => renameEntity(entity, rename));
    const count = renamed.filter((entity, index) => entity !== record.entities[index]).length;
    if (count === 0) continue;
    entities += count;
    replaced.set(record.index, { ...record, entities: renamed });
  }
  if (replaced.size === 0) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of format.edit(file.chunks(), { replaced }, options)) pieces.push(piece);
  return { bytes: join(pieces), entities };
}

type Rename = (path: TypePath) => TypePath;

/** Gives paths their new ones, also those below a path that changed. */
export function renamer(changes: readonly PathChange[]): Rename {
  const byPath = new Map(changes.map(({ from, to }) => [foldPath(from), to]));
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const to = byPath.get(foldPath(path.slice(0, length)));
      if (to !== undefined) return [...to, ...path.slice(length)];
    }
    return path;
  };
}

function renameEntity(entity: Entity, rename: Rename): Entity {
  const path = rename(entity.path);
  const { candidates, alternatives } = entity;
  if (path === entity.path) return entity;
  const renamed: Entity = {
    ...entity,
    path,
    ...(candidates === undefined ? {} : { candidates: candidates.map(rename) }),
    ...(alternatives === undefined
      ? {}
      : { alternatives: alternatives.map((one) => ({ ...one, path: rename(one.path) })) }),
  };
  // A score stands for each level.
  return entity.levelScores?.length === path.length ? renamed : withoutKeys(renamed, 'levelScores');
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
