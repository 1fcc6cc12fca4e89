import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { countWords } from '../../../src/cli/extraction/statistics';
import { extractResults } from '../../../src/cli/extraction/results';
import { Messages } from '../../../src/cli/io/messages';
import { Progress } from '../../../src/cli/progress';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import type { ExtractOptions, Passage, PassageResult } from '../../../src/engines/engine';
import { FakeEngine } from './fakeEngine';

/** A terminal that keeps what is written on it, without the signs that rewrite its line. */
function terminal() {
  const shown: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      shown.push(chunk.toString().replace('\r\u001b[K', ''));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: true }), shown };
}

/** Tells after every second what it has done of a passage. */
class SlowEngine extends FakeEngine {
  constructor(private readonly onSecond: () => void) {
    super();
  }

  override async *extract(
    passages: AsyncIterable<Passage>,
    { onReading }: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    for await (const { id } of passages) {
      for (const words of [2, 4]) {
        this.onSecond();
        onReading?.({ id, words });
      }
      this.onSecond();
      yield { id, entities: [] };
    }
  }
}

describe('progress', () => {
  it('is told within a passage, and counts its words once', async () => {
    const { stream, shown } = terminal();
    let seconds = 0;
    const items = ['one two three four five', 'six seven'].map((text, index) => ({
      input: {
        source: { name: 'a.txt', chunks: [] as never },
        line: index + 1,
        data: { text, entities: [] },
        problems: [],
      },
      passages: [{ id: String(index), text }],
      offsets: [0],
    }));
    const results = extractResults(
      new SlowEngine(() => seconds++),
      (async function* () {
        await Promise.resolve();
        yield* items;
      })(),
      {
        labels: dynamicNerLabels.toSpec(),
        messages: new Messages(stream),
        progress: new Progress(stream, true, () => 1000 * seconds),
        onBegin: () => undefined,
      },
    );
    for await (const result of results) assert.ok('data' in result);
    assert.deepEqual(shown, [
      '0 passages, 2 words, 2 words/s',
      '0 passages, 4 words, 2 words/s',
      '1 passage, 5 words, 2 words/s',
      '1 passage, 7 words, 2 words/s',
      '1 passage, 9 words, 2 words/s',
      '2 passages, 7 words, 1 word/s',
    ]);
  });

  it('has its words counted in turns', async () => {
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    assert.equal(await countWords('naïve 文字 3rd – '.repeat(500_000)), 2_000_000);
    isDone = true;
    assert.ok(turns >= 3, `${turns} turns`);
  });
});
