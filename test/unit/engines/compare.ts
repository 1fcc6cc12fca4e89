import assert from 'node:assert/strict';
import type { PassageResult } from '../../../src/engines/engine';

/**
 * Asserts that two runs found the same: every span that one found clearly above the threshold was
 * found by the other, with the same type and all scores within `tolerance`. A span whose score lies
 * within the tolerance of the threshold may be missing, a type whose probability lies within the
 * tolerance of the next best one's may be that one.
 */
export function assertSame(
  actual: readonly PassageResult[],
  expected: readonly PassageResult[],
  threshold: number,
  tolerance: number,
): void {
  assert.deepEqual(
    actual.map(({ id }) => id),
    expected.map(({ id }) => id),
  );
  let compared = 0;
  actual.forEach((result, index) => {
    const others = new Map(
      expected[index]?.entities.map((entity) => [`${entity.start}-${entity.end}`, entity]),
    );
    for (const entity of result.entities) {
      const key = `${entity.start}-${entity.end}`;
      const other = others.get(key);
      others.delete(key);
      if (other === undefined) {
        assert.ok(near(entity.score, threshold, tolerance), `${result.id} ${key} is new`);
        continue;
      }
      const where = `${result.id} ${key} ${entity.path.join(' > ')}`;
      assert.ok(
        near(entity.score, other.score, tolerance),
        `${where}: ${entity.score} ${other.score}`,
      );
      const [next] = entity.alternatives ?? [];
      const own = entity.levelScores?.at(-1);
      if (entity.path.join() !== other.path.join()) {
        assert.ok(near(next?.score, own, tolerance), `${where}: was ${other.path.join(' > ')}`);
        continue;
      }
      entity.levelScores?.forEach((score, level) =>
        assert.ok(near(score, other.levelScores?.[level], tolerance), `${where}: level ${level}`),
      );
      compared++;
    }
    for (const [key, entity] of others) {
      assert.ok(near(entity.score, threshold, tolerance), `${result.id} ${key} is missing`);
    }
  });
  assert.ok(compared > 0, 'there was nothing to compare');
}

function near(a: number | undefined, b: number | undefined, tolerance: number): boolean {
  return Math.abs((a ?? NaN) - (b ?? NaN)) <= tolerance;
}
