import { batchByLength } from '../encoder/batches';
import type { Reading } from '../models/modelReadings';
import type { GlinerModel } from './glinerModel';
import type { LabelGroup } from './labelGroups';
import { JoinedScores, type SpanScores } from './spanScores';

/** Tokens with padding, and rows, that the graph gets at once. */
const BATCH = { tokens: 2048, rows: 16 };
/** Logits of one run at most: spans are many. */
const LOGITS = 8_000_000;

/**
 * Scores of readings for the labels of a group, in the order of the readings. What is said of a reading
 * does not depend on what else is in its batch. The signal is looked at between batches.
 * @throws the signal's reason.
 */
export async function scoreReadings(
  model: GlinerModel,
  readings: readonly Reading[],
  group: LabelGroup,
  signal?: AbortSignal,
): Promise<SpanScores[]> {
  const parts: SpanScores[][] = readings.map(() => []);
  const indices = readings.map((_, index) => index);
  for (const { names, prompt } of group.batches) {
    const around = prompt.length + model.tokenizer.around;
    const limits = { ...BATCH, rows: rowsFor(model, readings, names.length) };
    const lengthOf = (index: number): number => (readings[index] as Reading).pieces + around;
    for (const batch of batchByLength(indices, lengthOf, limits)) {
      signal?.throwIfAborted();
      const rows = batch.map((index) => ({ prompt, words: (readings[index] as Reading).ids }));
      const scores = await model.score(rows, names);
      batch.forEach((index, row) => parts[index]?.push(scores[row] as SpanScores));
    }
  }
  signal?.throwIfAborted();
  return parts.map((own) => (own.length === 1 ? (own[0] as SpanScores) : new JoinedScores(own)));
}

function rowsFor(model: GlinerModel, readings: readonly Reading[], labels: number): number {
  const { scores, config } = model.folder;
  const longest = readings.reduce((most, { words }) => Math.max(most, words.length), 1);
  const each = longest * (scores === 'span' ? config.max_width : 3) * labels;
  return Math.max(1, Math.min(BATCH.rows, Math.floor(LOGITS / each)));
}
