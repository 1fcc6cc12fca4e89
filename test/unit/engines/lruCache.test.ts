import assert from 'node:assert/strict';
import { LruCache } from '../../../src/engines/encoder/lruCache';

/** Bytes that an entry with a key of one letter takes besides its value. */
const OVERHEAD = 130;
const cacheOf = (entries: number): LruCache<string> =>
  new LruCache(entries * (OVERHEAD + 10), () => 10);

describe('LruCache', () => {
  it('drops what was not asked for longest', () => {
    const cache = cacheOf(2);
    cache.set('a', '1');
    cache.set('b', '2');
    assert.equal(cache.get('a'), '1');
    cache.set('c', '3');
    assert.equal(cache.get('b'), undefined);
    assert.equal(cache.get('a'), '1');
    assert.equal(cache.get('c'), '3');
  });

  it('never holds more bytes than it may', () => {
    const cache = cacheOf(3);
    for (const key of 'abcdefgh') {
      cache.set(key, key);
      assert.ok(cache.bytes <= cache.capacity);
    }
    assert.equal(cache.size, 3);
  });

  it('counts a replaced value once', () => {
    const cache = cacheOf(2);
    cache.set('a', '1');
    const { bytes } = cache;
    cache.set('a', '2');
    assert.equal(cache.bytes, bytes);
    assert.equal(cache.get('a'), '2');
  });

  it('does not keep what is larger than itself, and keeps the rest', () => {
    const cache = new LruCache<number>(400, (value) => value);
    cache.set('a', 100);
    cache.set('b', 1000);
    assert.equal(cache.get('b'), undefined);
    assert.equal(cache.get('a'), 100);
  });

  it('keeps nothing with no capacity', () => {
    const none = cacheOf(0);
    none.set('a', '1');
    assert.deepEqual([none.size, none.bytes], [0, 0]);
  });
});
