import { batchByLength, packIds } from './batches';
import type { LabelModel } from './labelModel';
import type { LabelVectorFile, LabelVectors } from './labelVectorFile';
import { LruCache } from './lruCache';

const BATCH = { tokens: 1024, rows: 64 };
const CACHE_BYTES = 16 * 1024 * 1024;

/** Gives label texts their vectors, each text once. */
export class LabelEncoder {
  private readonly cache = new LruCache<LabelVectors>(
    CACHE_BYTES,
    ({ finding, typing }) => finding.byteLength + typing.byteLength,
  );
  /** Texts read by the model, since the beginning. */
  encoded = 0;
  private saving: Promise<void> = Promise.resolve();

  /**
   * @param known Vectors of texts that need not be read again.
   * @param file Where the vectors of texts that were read are kept for the next time.
   */
  constructor(
    private readonly model: LabelModel,
    known: ReadonlyMap<string, LabelVectors> = new Map(),
    private readonly file?: LabelVectorFile,
  ) {
    for (const [text, vectors] of known) this.cache.set(text, vectors);
  }

  /** Vectors of the texts, in their order: finding [texts, D], typing [texts, D2]. */
  async encode(texts: readonly string[]): Promise<{ finding: Float32Array; typing: Float32Array }> {
    const vectors = await this.vectorsOf(new Set(texts));
    const { finding, typing } = this.model.manifest;
    const all = {
      finding: new Float32Array(texts.length * finding.dimensions),
      typing: new Float32Array(texts.length * typing.dimensions),
    };
    texts.forEach((text, index) => {
      const found = vectors.get(text);
      if (found === undefined) return;
      all.finding.set(found.finding, index * finding.dimensions);
      all.typing.set(found.typing, index * typing.dimensions);
    });
    return all;
  }

  /** Resolves once the vectors are in the file. */
  settled(): Promise<void> {
    return this.saving;
  }

  /** Frees the graph. */
  release(): Promise<void> {
    return this.model.release();
  }

  private async vectorsOf(texts: ReadonlySet<string>): Promise<ReadonlyMap<string, LabelVectors>> {
    const { finding, typing, labelWindow } = this.model.manifest;
    const vectors = new Map<string, LabelVectors>();
    const unknown: { text: string; ids: number[] }[] = [];
    for (const text of texts) {
      const known = this.cache.get(text);
      if (known) vectors.set(text, known);
      else unknown.push({ text, ids: this.model.pieces.label(text, labelWindow) });
    }
    for (const batch of batchByLength(unknown, ({ ids }) => ids.length, BATCH)) {
      const output = await this.model.encode(packIds(batch.map(({ ids }) => ids)));
      this.encoded += batch.length;
      batch.forEach(({ text }, row) => {
        const found = {
          finding: rowOf(output.finding, row, finding.dimensions),
          typing: rowOf(output.typing, row, typing.dimensions),
        };
        vectors.set(text, found);
        this.cache.set(text, found);
      });
    }
    if (unknown.length > 0) this.saving = this.file?.save(this.cache.contents()) ?? this.saving;
    return vectors;
  }
}

function rowOf(matrix: Float32Array, row: number, width: number): Float32Array {
  return matrix.slice(row * width, (row + 1) * width);
}
