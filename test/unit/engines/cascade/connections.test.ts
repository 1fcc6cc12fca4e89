import assert from 'node:assert/strict';
import type { LabelSpec } from '../../../../src/core/labels/labelSpec';
import type {
  ChatAnswer,
  ChatMessage,
  ChatModel,
} from '../../../../src/engines/endpoint/chatModel';
import { Questions } from '../../../../src/engines/endpoint/questions';
import { cascadeOf } from '../../../servers/cascade';

const connections = 16;

const labels: LabelSpec = {
  kind: 'taxonomy',
  id: 'levels',
  types: ['a', 'b'].map((top) => ({
    name: top,
    children: ['c', 'd'].map((middle) => ({
      name: `${top}${middle}`,
      children: [{ name: `${top}${middle}e` }, { name: `${top}${middle}f` }],
    })),
  })),
};

/** A model that answers all that it is asked at once, once nothing more is asked: in rounds, without a clock. */
class RoundModel implements ChatModel {
  readonly id = 'rounds';
  readonly name = 'rounds';
  readonly host = 'here';
  readonly remote = false;
  /** How many questions each round had. */
  readonly rounds: number[] = [];
  private readonly waiting: (() => void)[] = [];

  complete(messages: readonly ChatMessage[]): Promise<ChatAnswer> {
    const question = messages.at(-1)?.content ?? '';
    const [, list] = /list: (\w+)/u.exec(question) ?? [];
    const text = list ?? question.replace(/number \d+|Paris/gu, '##$&##');
    return new Promise((resolve) => {
      if (this.waiting.length === 0) this.endRound(0);
      this.waiting.push(() =>
        resolve({ text, finish: 'whole', usage: { promptTokens: 1, completionTokens: 1 } }),
      );
    });
  }

  /** @param before How many questions there were a turn of the loop ago. */
  private endRound(before: number): void {
    setImmediate(() => {
      const asked = this.waiting.length;
      if (asked > before) {
        this.endRound(asked);
        return;
      }
      this.rounds.push(asked);
      for (const answer of this.waiting.splice(0)) answer();
    });
  }
}

describe('the cascade’s connections', () => {
  for (const samples of [1, 3]) {
    it(`are all busy until little is left to ask, with ${samples} samples`, async () => {
      const model = new RoundModel();
      const questions = new Questions(model, { concurrency: connections, retries: { tries: 1 } });
      const engine = await cascadeOf(questions, { extractor: { samples, unit: 'passage' } });
      // Passages without an entity, with one and with two, and now and then many of a kind.
      const passages = Array.from({ length: 300 }, (_, index) => ({
        id: String(index),
        text: ['Nothing is here', `It is number ${index}`, `Paris has number ${index}`][
          Math.floor(index / 10) % 3
        ]!.concat(` at ${index}.`),
      }));
      for await (const { diagnostics } of engine.extract(passages, { labels })) {
        assert.deepEqual(diagnostics, undefined);
      }
      const { rounds } = model;
      const asked = rounds.reduce((sum, count) => sum + count, 0);
      const least = Math.ceil(asked / connections);
      assert.ok(rounds.length <= 1.05 * least, `${rounds.length} rounds, ${least} would do`);
      const idle = rounds.slice(0, -10).filter((count) => count < connections);
      assert.deepEqual(idle, []);
    });
  }
});
