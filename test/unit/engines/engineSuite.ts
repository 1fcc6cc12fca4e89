import assert from 'node:assert/strict';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import type { LabelSpec } from '../../../src/core/labels/labelSpec';
import type {
  Engine,
  ExtractOptions,
  ExtractStatistics,
  Passage,
  PassageResult,
} from '../../../src/engines/engine';

export const text =
  'Marie Curie was born in Warsaw and studied at the University of Paris. ' +
  'She won the Nobel Prize in 1903 (😀). Apple released the iPhone in San Francisco.';
export const taxonomy = dynamicNerLabels.toSpec();

/** A flat list whose id names its content, as a label list's does. */
export function flat(...labels: (string | { name: string; threshold: number })[]): LabelSpec {
  const list = labels.map((label) => (typeof label === 'string' ? { name: label } : label));
  return { kind: 'flat', id: JSON.stringify(list), labels: list };
}

export async function collect(
  engine: Engine,
  passages: Iterable<Passage> | AsyncIterable<Passage>,
  options: ExtractOptions,
): Promise<{ results: PassageResult[]; statistics: ExtractStatistics }> {
  const results: PassageResult[] = [];
  let statistics: ExtractStatistics | undefined;
  const onDone = (done: ExtractStatistics): void => void (statistics = done);
  for await (const result of engine.extract(passages, { ...options, onDone })) results.push(result);
  assert.ok(statistics, 'no statistics came');
  return { results, statistics };
}

/** The results without what differs between runs: ids of entities. */
export function plain(results: readonly PassageResult[]): unknown[] {
  return results.map(({ id, entities }) => ({
    id,
    entities: entities.map((entity) => ({ ...entity, id: '' })),
  }));
}

/** What every engine with free labels must do; `open` gives the engine under test. */
export function describeEngine(name: string, open: () => Promise<Engine>): void {
  describe(name, function () {
    this.timeout(600_000);
    let engine: Engine;
    before(async () => (engine = await open()));
    after(() => engine.dispose());

    const passages = [
      { id: 'a', text },
      { id: 'b', text: 'Nothing here is a name.' },
    ];

    it('finds entities at their offsets, with path, scores and source', async () => {
      const { results } = await collect(engine, passages, { labels: taxonomy, threshold: 0.3 });
      assert.deepEqual(
        results.map(({ id }) => id),
        ['a', 'b'],
      );
      const found = results[0]?.entities ?? [];
      const surfaces = found.map(({ start, end }) => text.slice(start, end));
      for (const surface of ['Marie Curie', 'Warsaw', 'Apple', 'San Francisco']) {
        assert.ok(surfaces.includes(surface), `${surface} is not among ${surfaces.join(', ')}`);
      }
      for (const entity of found) {
        assert.equal(entity.path.length, 3);
        assert.equal(entity.levelScores?.length, 3);
        const [coarse = 0, medium = 0, fine = 0] = entity.levelScores ?? [];
        assert.ok(coarse >= medium && medium >= fine && fine > 0 && coarse <= 1);
        assert.ok((entity.score ?? 0) >= 0.3 && (entity.score ?? 2) <= 1);
        assert.equal(entity.alternatives?.length, 5);
        assert.deepEqual(entity.source, { engine: engine.name, model: engine.model });
        assert.equal(entity.state, 'suggested');
      }
      const starts = found.map(({ start }) => start);
      assert.deepEqual(
        starts,
        [...starts].sort((a, b) => a - b),
      );
      assert.equal(new Set(found.map(({ id }) => id)).size, found.length);
    });

    it('reads no text again for other labels or another threshold', async () => {
      await collect(engine, passages, { labels: taxonomy });
      for (const labels of [taxonomy, flat('person', 'city'), flat('organisation')]) {
        const { statistics } = await collect(engine, passages, { labels, threshold: 0.1 });
        assert.equal(statistics.encoded, 0);
        assert.ok(statistics.sentences >= 3);
      }
    });

    it('gives with a higher threshold what a filter gives', async () => {
      const labels = flat('person', 'city', 'company');
      const low = await collect(engine, passages, { labels, threshold: 0.1 });
      const high = await collect(engine, passages, { labels, threshold: 0.6 });
      const filtered = low.results.map((result) => ({
        ...result,
        entities: result.entities.filter(({ score = 0 }) => score >= 0.6),
      }));
      assert.deepEqual(plain(high.results), plain(filtered));
    });

    it('keeps to the thresholds of labels that have one', async () => {
      const all = await collect(engine, passages, {
        labels: flat('person', 'city'),
        threshold: 0.2,
      });
      const named = new Set(all.results[0]?.entities.map(({ path }) => path[0]));
      assert.deepEqual(named, new Set(['person', 'city']));
      const labels = flat({ name: 'person', threshold: 1 }, { name: 'city', threshold: 0.2 });
      const some = await collect(engine, passages, { labels, threshold: 0.999 });
      assert.ok(some.results[0]?.entities.some(({ score = 1 }) => score < 0.999));
      assert.ok(some.results[0]?.entities.every(({ path }) => path[0] === 'city'));
    });

    it('obeys the overlap policy', async () => {
      const labels = flat('university', 'city', 'organisation', 'place');
      const overlaps = async (overlap: 'flat' | 'nested' | 'multi-label'): Promise<number[]> => {
        const { results } = await collect(engine, passages, { labels, overlap, threshold: 0.02 });
        const spans = results[0]?.entities ?? [];
        const pairs = spans.flatMap((a, index) =>
          spans
            .slice(index + 1)
            .filter((b) => a.start < b.end && b.start < a.end)
            .map((b) => [a, b] as const),
        );
        const same = pairs.filter(([a, b]) => a.start === b.start && a.end === b.end);
        const crossing = pairs.filter(
          ([a, b]) =>
            (a.start < b.start && b.start < a.end && a.end < b.end) ||
            (b.start < a.start && a.start < b.end && b.end < a.end),
        );
        return [pairs.length, same.length, crossing.length];
      };
      assert.deepEqual(await overlaps('flat'), [0, 0, 0]);
      const [, twins, crossing] = await overlaps('nested');
      assert.deepEqual([twins, crossing], [0, 0]);
      const [pairs, same] = await overlaps('multi-label');
      assert.equal(pairs, same);
    });

    it('takes no labels, one label, and labels of any text', async () => {
      const none = await collect(engine, passages, { labels: flat() });
      assert.deepEqual(plain(none.results), [
        { id: 'a', entities: [] },
        { id: 'b', entities: [] },
      ]);
      const empty = { kind: 'taxonomy', id: 'empty', types: [] } as const;
      assert.equal((await collect(engine, passages, { labels: empty })).results.length, 2);
      const one = await collect(engine, passages, { labels: flat('city'), threshold: 0.2 });
      assert.ok(one.results[0]?.entities.every(({ levelScores }) => levelScores?.[0] === 1));
      const odd = flat('', '  ', '😀', '\ud800', 'x'.repeat(5000), '[SEP]', '$&');
      assert.equal((await collect(engine, passages, { labels: odd })).results.length, 2);
    });

    it('takes texts of any kind', async () => {
      const texts = [
        '',
        ' \n\t',
        '.',
        '😀',
        '\ud800 lone',
        '\u0000\u0001',
        'x'.repeat(20_000),
        '字'.repeat(3000),
      ];
      const odd = texts.map((content, index) => ({ id: String(index), text: content }));
      const { results } = await collect(engine, odd, { labels: taxonomy, threshold: 0.01 });
      assert.deepEqual(
        results.map(({ id }) => id),
        odd.map(({ id }) => id),
      );
      results.forEach(({ entities }, index) => {
        for (const { start, end } of entities) {
          assert.ok(0 <= start && start < end && end <= (texts[index]?.length ?? 0));
        }
      });
    });

    it('reads all of a sentence that is longer than the window', async () => {
      const filler = 'and then they went on and on through many a small and quiet village ';
      const long = `Marie Curie met, ${filler.repeat(60)}, and at long last they came to Warsaw.`;
      const { results } = await collect(engine, [{ id: 'x', text: long }], { labels: taxonomy });
      const surfaces = results[0]?.entities.map(({ start, end }) => long.slice(start, end)) ?? [];
      assert.equal(surfaces.filter((surface) => surface === 'Marie Curie').length, 1);
      assert.equal(surfaces.filter((surface) => surface === 'Warsaw').length, 1);
    });

    it('yields results as passages come', async () => {
      let release = (): void => assert.fail('too early');
      async function* slow(): AsyncGenerator<Passage> {
        yield { id: '1', text };
        await new Promise<void>((resolve) => (release = resolve));
        yield { id: '2', text };
      }
      const results = engine.extract(slow(), { labels: taxonomy })[Symbol.asyncIterator]();
      assert.equal(((await results.next()).value as PassageResult).id, '1');
      release();
      assert.equal(((await results.next()).value as PassageResult).id, '2');
      assert.equal((await results.next()).done, true);
    });

    it('takes no passages', async () => {
      const { results, statistics } = await collect(engine, [], { labels: taxonomy });
      assert.deepEqual(results, []);
      assert.equal(statistics.passages, 0);
    });

    it('stops with the signal’s reason', async () => {
      const reason = new Error('changed my mind');
      await assert.rejects(
        collect(engine, passages, { labels: taxonomy, signal: AbortSignal.abort(reason) }),
        reason,
      );
      const controller = new AbortController();
      const many = Array.from({ length: 2000 }, (_, index) => ({
        id: String(index),
        text: `Sentence number ${index} speaks of Warsaw.`,
      }));
      const run = async (): Promise<number> => {
        let count = 0;
        const options = { labels: taxonomy, signal: controller.signal };
        for await (const { id } of engine.extract(many, options)) {
          assert.equal(id, String(count++));
          controller.abort(reason);
        }
        return count;
      };
      await assert.rejects(run(), reason);
    });

    it('goes on serving when a reader stops early', async () => {
      for await (const result of engine.extract(passages, { labels: taxonomy })) {
        assert.equal(result.id, 'a');
        break;
      }
      assert.equal((await collect(engine, passages, { labels: taxonomy })).results.length, 2);
    });

    it('ranks types of given spans, best first', async () => {
      const at = (surface: string): { start: number; end: number } => ({
        start: text.indexOf(surface),
        end: text.indexOf(surface) + surface.length,
      });
      const spans = [
        at('Warsaw'),
        at('Marie Curie'),
        at('arsa'),
        { start: 11, end: 12 },
        at('Paris. She'),
      ];
      const ranked = await engine.rankTypes({ id: 'a', text }, spans, {
        labels: taxonomy,
        limit: 3,
      });
      assert.deepEqual(
        ranked.map((types) => types.length),
        [3, 3, 3, 0, 3],
      );
      assert.equal(ranked[0]?.[0]?.path[0], 'location');
      assert.equal(ranked[1]?.[0]?.path[0], 'person');
      assert.deepEqual(ranked[2], ranked[0]);
      for (const types of ranked) {
        const scores = types.map(({ score }) => score);
        assert.deepEqual(
          scores,
          [...scores].sort((a, b) => b - a),
        );
      }
      const all = await engine.rankTypes({ id: 'a', text }, [at('Warsaw')], {
        labels: flat('a', 'b', 'c'),
        limit: 10,
      });
      const sum = all[0]?.reduce((total, { score }) => total + score, 0) ?? 0;
      assert.ok(Math.abs(sum - 1) < 1e-4);
      assert.deepEqual(
        await engine.rankTypes({ id: 'a', text }, spans.slice(0, 1), { labels: flat() }),
        [[]],
      );
    });
  });
}
