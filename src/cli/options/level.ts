import type { Taxonomy } from '../../core/labels/taxonomy';
import { UsageError } from '../exit';

/**
 * The level (0 = top) that a name or a number from 1 means in a taxonomy. `coarse` is the top level,
 * `fine` the deepest, `medium` the second; undefined, the deepest known, when nothing is given.
 * @throws {UsageError} for a level that the taxonomy does not have.
 */
export function levelOf(given: string | undefined, taxonomy: Taxonomy): number | undefined {
  if (given === undefined) return undefined;
  const depth = Math.max(1, taxonomy.depth);
  const named = taxonomy.levelNames.indexOf(given);
  if (named !== -1) return named;
  if (given === 'coarse') return 0;
  if (given === 'medium') return Math.min(1, depth - 1);
  if (given === 'fine') return depth - 1;
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1 && number <= depth) return number - 1;
  throw new UsageError(
    `“${given}” is no level of the labels: use coarse, medium, fine, or a number from 1 to ${depth}.`,
  );
}
