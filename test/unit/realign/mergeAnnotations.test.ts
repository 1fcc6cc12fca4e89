import assert from 'node:assert/strict';
import { mergeAnnotations, type Version } from '../../../src/core/realign/mergeAnnotations';

/** `a1` is annotation a as somebody said it first; `a2@5` as said otherwise at the time 5. */
function side(said: string): Map<string, Version> {
  const versions = said.split(' ').filter((one) => one !== '');
  return new Map(
    versions.map((one) => {
      const [digest = '', time] = one.split('@');
      return [digest.slice(0, 1), { digest, ...(time === undefined ? {} : { time }) }];
    }),
  );
}

function merge(base: string, ours: string, theirs: string): string {
  const digests = new Map([...side(base)].map(([id, { digest }]) => [id, digest]));
  const { take, remove, conflicts } = mergeAnnotations(digests, side(ours), side(theirs));
  return `take ${[...take].join('')} remove ${[...remove].join('')} conflicts ${conflicts}`;
}

describe('mergeAnnotations', () => {
  it('leaves what nobody or we alone changed', () => {
    assert.equal(merge('a1 b1', 'a1 b2 c1', 'a1 b1'), 'take  remove  conflicts 0');
    assert.equal(merge('a1', '', 'a1'), 'take  remove  conflicts 0');
  });

  it('takes what they alone changed, added and removed', () => {
    assert.equal(merge('a1 b1', 'a1 b1', 'a2 c1'), 'take ac remove b conflicts 0');
  });

  it('agrees where both sides did the same', () => {
    assert.equal(merge('a1 b1', 'a2 c1', 'a2 c1'), 'take  remove  conflicts 0');
  });

  it('lets what was touched later stand, and a change before a removal, and counts both', () => {
    assert.equal(merge('a1', 'a2@4', 'a3@5'), 'take a remove  conflicts 1');
    assert.equal(merge('a1', 'a2@6', 'a3@5'), 'take  remove  conflicts 1');
    assert.equal(merge('a1', '', 'a3@5'), 'take a remove  conflicts 1');
    assert.equal(merge('a1', 'a2@6', ''), 'take  remove  conflicts 1');
  });
});
