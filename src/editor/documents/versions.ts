import type { Entity } from '../../core/entity/entity';
import type { HumanRecord } from '../../core/realign/anchor';
import type { AnnotationFile } from '../../core/realign/annotationFile';
import { digestOf, type Version } from '../../core/realign/mergeAnnotations';
import type { Change } from './humanRecord';

/** Versions by id of annotations with their words. */
export function versionsOfState(records: readonly HumanRecord[]): Map<string, Version> {
  return new Map(records.map(({ entity, anchor }) => [entity.id, versionOf(entity, anchor.quote)]));
}

/** The same of a file's annotations. @param text The text that the file was read for. */
export function versionsOfFile(file: AnnotationFile, text: string): Map<string, Version> {
  const versions = versionsOfState(file.notPlaced);
  for (const entity of file.standing) {
    versions.set(entity.id, versionOf(entity, text.slice(entity.start, entity.end)));
  }
  return versions;
}

export function digestsOf(versions: ReadonlyMap<string, Version>): Map<string, string> {
  return new Map([...versions].map(([id, { digest }]) => [id, digest]));
}

/** What became of annotations that had those digests. */
export function changesSince(
  base: ReadonlyMap<string, string>,
  records: readonly HumanRecord[],
): readonly Change[] {
  const changes: Change[] = [];
  const known = new Set<string>();
  for (const record of records) {
    const { id } = record.entity;
    known.add(id);
    const before = base.get(id);
    if (before === versionOf(record.entity, record.anchor.quote).digest) continue;
    changes.push({ id, ...(before === undefined ? {} : { before }), after: record });
  }
  for (const [id, before] of base) if (!known.has(id)) changes.push({ id, before });
  return changes;
}

/** Digests that were made before: an entity never changes, another takes its place. */
const made = new WeakMap<Entity, { readonly quote: string; readonly version: Version }>();

function versionOf(entity: Entity, quote: string): Version {
  const known = made.get(entity);
  if (known?.quote === quote) return known.version;
  const { time } = entity;
  const version = { digest: digestOf(entity, quote), ...(time === undefined ? {} : { time }) };
  made.set(entity, { quote, version });
  return version;
}
