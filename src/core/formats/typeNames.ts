import type { Entity, TypePath } from '../entity/entity';
import { pathAtLevel, type Taxonomy } from '../labels/taxonomy';
import type { Problem } from '../problem';
import { formatPath } from '../labels/names';
import { phrase } from '../messages/phrase';

/** The path that a file's type name stands for, and what is doubtful about it. */
export interface ReadType {
  readonly path: TypePath;
  readonly candidates?: readonly TypePath[];
  readonly problem?: Omit<Problem, 'line' | 'field'>;
}

/** Finds the path of a bare type name; without a taxonomy it is a path of one part. */
export function readTypeName(name: string, taxonomy: Taxonomy | undefined): ReadType {
  if (taxonomy === undefined) return { path: [name] };
  const resolution = taxonomy.resolve(name);
  if (resolution.kind === 'found') return { path: resolution.node.path };
  if (resolution.kind === 'ambiguous') {
    const candidates = resolution.candidates.map(({ path }) => path);
    return {
      path: [name],
      candidates,
      problem: {
        kind: 'ambiguous-type',
        message: phrase`The type “${name}” stands at ${candidates.length} places of the taxonomy`,
        mend: phrase`Choose one: ${candidates.map(formatPath).join('; ')}.`,
      },
    };
  }
  const { nearest } = resolution;
  return {
    path: [name],
    problem: {
      kind: 'unknown-type',
      message: phrase`The taxonomy has no type “${name}”`,
      mend:
        nearest === undefined
          ? phrase`Use a type of the taxonomy, or another taxonomy.`
          : phrase`Did you mean “${nearest}”?`,
    },
  };
}

/** The name of a type at a level (0 = top), its deepest known one where the path is not that deep. */
export function labelOf({ path }: Pick<Entity, 'path'>, level?: number): string {
  return (level === undefined ? path : pathAtLevel(path, level)).at(-1) ?? '';
}
