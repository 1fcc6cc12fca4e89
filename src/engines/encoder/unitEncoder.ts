import { setImmediate as takeTurn } from 'node:timers/promises';
import { batchByLength, packUnits } from './batches';
import type { EncoderModel } from './encoderModel';
import { LruCache } from './lruCache';
import { bytesOf, meanOf, type TextFeatures } from './textFeatures';
import type { Unit } from './units';

/**
 * Tokens (with padding) and rows that one run of the text graph gets at most. More would not fit into
 * the processor's cache: 2,048 tokens at once take a quarter more time a token than 512.
 */
export const BATCH = { tokens: 512, rows: 64 };

/** Features of texts, by model and text. */
export type FeatureCache = LruCache<TextFeatures>;

export function featureCache(bytes: number): FeatureCache {
  return new LruCache(bytes, bytesOf);
}

/**
 * Gives units their features, from the cache where the same text was read before. The features of a
 * text do not depend on what else is in its batch.
 */
export class UnitEncoder {
  /** Units read by the model, since the beginning. */
  encoded = 0;

  /** @param cache Encoders of several models may have it together. */
  constructor(
    private readonly model: EncoderModel,
    private readonly cache: FeatureCache,
  ) {}

  get cachedUnits(): number {
    return this.cache.size;
  }

  get cacheBytes(): number {
    return this.cache.bytes;
  }

  /** The features of a text, if they are known. */
  known(text: string): TextFeatures | undefined {
    return this.cache.get(this.keyOf(text));
  }

  /**
   * The features of all units, by text, and how many the model had to read. The signal is looked at
   * between batches.
   * @throws the signal's reason.
   */
  async encode(
    units: readonly Unit[],
    signal?: AbortSignal,
  ): Promise<{ features: ReadonlyMap<string, TextFeatures>; encoded: number }> {
    const features = new Map<string, TextFeatures>();
    const unknown = new Map<string, Unit>();
    for (const unit of units) {
      const known = this.known(unit.text);
      if (known) features.set(unit.text, known);
      else unknown.set(unit.text, unit);
    }
    for (const batch of batchByLength([...unknown.values()], ({ pieces }) => pieces + 2, BATCH)) {
      // The native runtime answers before others had their turn, so nobody could abort meanwhile.
      await takeTurn();
      signal?.throwIfAborted();
      for (const [text, found] of await this.encodeBatch(batch)) {
        features.set(text, found);
        this.cache.set(this.keyOf(text), found);
      }
    }
    signal?.throwIfAborted();
    return { features, encoded: unknown.size };
  }

  private keyOf(text: string): string {
    return `${this.model.manifest.name}\n${text}`;
  }

  private async encodeBatch(units: readonly Unit[]): Promise<[string, TextFeatures][]> {
    const batch = packUnits(units, this.model.pieces.special);
    const { finding, words, narrowWords } = await this.model.encodeText(batch);
    this.encoded += units.length;
    const { hidden } = this.model;
    const findingWidth = 3 * this.model.manifest.finding.dimensions;
    return units.map((unit, row) => {
      const first = row * batch.words;
      const count = unit.inputs.length;
      return [
        unit.text,
        {
          text: unit.text,
          bounds: unit.bounds,
          // Copies: a view would keep the whole batch in memory.
          finding: finding.slice(first * findingWidth, (first + count) * findingWidth),
          words: narrowWords.slice(first * hidden, (first + count) * hidden),
          mean: meanOf(words, first * hidden, count, hidden),
        },
      ];
    });
  }
}
