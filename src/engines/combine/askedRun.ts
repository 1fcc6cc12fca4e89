import type { ScoredPath } from '../../core/entity/entity';
import type { Range } from '../../core/text/range';
import { typesOf } from '../cascade/typeTree';
import { BudgetError } from '../endpoint/errors';
import type { RunAccount } from '../endpoint/runAccount';
import type { ExtractOptions, Passage, PassageResult } from '../engine';
import { followSignal } from '../inOrder';
import type { Classifier, PartOptions, Typing } from './parts';

/** A passage that a model was asked about. */
export interface AskedPassage {
  readonly passage: Passage;
  readonly sentences: number;
  readonly result: PassageResult;
}

/**
 * The results of a run that asks models, and at its end what it took.
 * @param read Begins reading; its signal is aborted when the reader leaves.
 * @throws BudgetError once the budget is used up; what came before was yielded.
 */
export async function* yieldAsked(
  { signal, onDone }: Pick<ExtractOptions, 'signal' | 'onDone'>,
  account: RunAccount,
  read: (signal: AbortSignal) => AsyncIterable<AskedPassage>,
): AsyncGenerator<PassageResult, void, undefined> {
  signal?.throwIfAborted();
  const began = performance.now();
  const work = { passages: 0, sentences: 0, encoded: 0, words: 0 };
  const { controller, release } = followSignal(signal);
  const tell = (): void =>
    onDone?.({
      ...work,
      seconds: (performance.now() - began) / 1000,
      asked: account.statistics,
    });
  try {
    for await (const { passage, sentences, result } of read(controller.signal)) {
      work.passages++;
      work.sentences += sentences;
      work.encoded += sentences;
      work.words += passage.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
      yield result;
    }
  } catch (error) {
    if (error instanceof BudgetError) tell();
    throw error;
  } finally {
    release();
    controller.abort(new DOMException('The reader has left.', 'AbortError'));
  }
  tell();
}

/** The types of given spans as a classifier ranks them, at most `limit` for each. */
export async function rankAsked(
  classifier: Classifier,
  passage: Passage,
  spans: readonly Range[],
  options: PartOptions,
  limit = 10,
): Promise<(readonly ScoredPath[])[]> {
  if (typesOf(options.labels).length === 0) return spans.map(() => []);
  const found = spans.map(({ start, end }) => ({ start, end, score: 0 }));
  const { controller, release } = followSignal(options.signal);
  try {
    const { signal } = controller;
    const { typings } = await classifier.classify(passage, found, { ...options, signal }, 0);
    return typings.map((typing) => ranked(typing).slice(0, limit));
  } finally {
    release();
  }
}

function ranked(typing: Typing | undefined): ScoredPath[] {
  if (typing === undefined) return [];
  const { path, levelScores, alternatives = [] } = typing;
  return [{ path, score: levelScores.at(-1) ?? 0 }, ...alternatives];
}
