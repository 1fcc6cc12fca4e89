import { splitSentences } from '../../src/core/text/sentences';
import { batchByLength, packUnits } from '../../src/engines/encoder/batches';
import { packFiles, readPack } from '../../src/engines/encoder/pack';
import { cutUnits } from '../../src/engines/encoder/units';
import { BATCH } from '../../src/engines/encoder/unitEncoder';
import { readerInContext } from '../../src/engines/encoder/wordContext';
import { openPieces } from '../../src/engines/encoder/wordPieces';
import type { Passage } from '../../src/engines/engine';
import { openRuntime } from '../../src/engines/runtime/openRuntime';
import type { RuntimeKind } from '../../src/engines/runtime/runtime';
import { defaultThreads } from '../../src/engines/runtime/threads';

/**
 * Words a second that ONNX Runtime alone takes through the text graph of a pack: the batches are made
 * before, and nothing is done with what comes out. The best of several rounds.
 */
export async function runGraphAlone(
  folder: string,
  passages: readonly Passage[],
  rounds: number,
  options: { readonly threads?: number; readonly runtime?: RuntimeKind },
): Promise<number> {
  const pack = await readPack(folder);
  const { words, window, lexicon } = pack.manifest;
  const pieces = openPieces(pack, packFiles.tokenizer);
  const rules = {
    pattern: new RegExp(words.pattern, words.flags),
    inputOf: (word: string) => pieces.word(word),
    inContext: readerInContext(pack.manifest, (piece) => pieces.idOf(piece)),
    pieces: window - 2,
  };
  const units = passages.flatMap(({ text }) =>
    splitSentences(text).flatMap(({ start, end }) => [...cutUnits(text.slice(start, end), rules)]),
  );
  const batches = batchByLength(units, (unit) => unit.pieces + 2, BATCH).map((batch) =>
    packUnits(batch, pieces.special),
  );
  const runtime = await openRuntime(options.runtime);
  const graph = await runtime.open(await pack.bytes(packFiles.text), {
    threads: options.threads ?? defaultThreads(),
  });
  let seconds = Infinity;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    for (const batch of batches) {
      const { rows, length, words: most, ids, mask, shapes, first, last } = batch;
      await graph.run({
        input_ids: { data: ids, dims: [rows, length] },
        attention_mask: { data: mask, dims: [rows, length] },
        shape_ids: { data: shapes, dims: [rows, length] },
        ...(lexicon === undefined
          ? {}
          : { lexicon_ids: { data: batch.lexicon, dims: [rows, length] } }),
        word_first: { data: first, dims: [rows, most] },
        word_last: { data: last, dims: [rows, most] },
      });
    }
    seconds = Math.min(seconds, (performance.now() - began) / 1000);
  }
  await graph.release();
  return units.reduce((sum, unit) => sum + unit.inputs.length, 0) / seconds;
}
