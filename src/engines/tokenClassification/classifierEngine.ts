import type { ScoredPath } from '../../core/entity/entity';
import type { Range } from '../../core/text/range';
import { batchByLength } from '../encoder/batches';
import { rounded } from '../encoder/typedSpans';
import type { ExtractOptions, Passage } from '../engine';
import { ForeignEngine, RANKED, rankPlaced } from '../models/foreignEngine';
import type { LocalOptions } from '../models/localEngine';
import type { ClassifierFolder } from '../models/modelFolder';
import type { Reading } from '../models/modelReadings';
import type { FoundEntity, PassageReader } from '../models/passageRun';
import { openRuntime } from '../runtime/openRuntime';
import type { RuntimeKind } from '../runtime/runtime';
import { defaultThreads } from '../runtime/threads';
import { ClassifierModel } from './classifierModel';
import { classifyWords, type WordClasses } from './classifyWords';
import { readTags, typesOfTags, type Tag } from './tags';
import { rankTagTypes, readTagSpans } from './tagSpans';
import { placeTypes } from './typePaths';

const BATCH = { tokens: 1024, rows: 32 };
const THRESHOLD = 0;
const ALTERNATIVES = 5;

/**
 * Extracts with a token classification model in this process. Its types are its own: whatever labels are
 * asked for, they come, at their places in the list where it has them (see {@link placeTypes}); none come
 * for an empty list.
 */
export class ClassifierEngine extends ForeignEngine<ClassifierModel> {
  private readonly tags: readonly Tag[];
  private readonly types: readonly string[];

  /** @throws ModelError when the graph or tokenizer cannot be used, or no runtime loads. */
  static async load(
    folder: ClassifierFolder,
    options: LocalOptions = {},
  ): Promise<ClassifierEngine> {
    const runtime = await openRuntime(options.runtime);
    const threads = options.threads ?? defaultThreads();
    return new ClassifierEngine(await ClassifierModel.open(folder, runtime, threads), runtime.kind);
  }

  private constructor(loaded: ClassifierModel, runtime: RuntimeKind) {
    super(loaded, runtime, THRESHOLD);
    this.tags = readTags(loaded.folder.classes);
    this.types = typesOfTags(this.tags);
  }

  get capabilities() {
    return { freeLabels: false, paid: false, remote: false, labels: this.types };
  }

  async rankTypes(
    passage: Passage,
    spans: readonly Range[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    this.throwIfDisposed();
    if (isEmpty(options.labels)) return spans.map(() => []);
    const paths = this.pathsIn(options);
    return rankPlaced<WordClasses>(
      this.readingsOf(passage, 0, this.limits),
      spans,
      (readings) => this.classify(readings, options.signal),
      (words, { first, last }) =>
        rankTagTypes(words, this.tags, first, last)
          .slice(0, options.limit ?? RANKED)
          .map(({ type, share }) => ({ path: paths.get(type) ?? [type], score: rounded(share) })),
    );
  }

  protected reader(options: ExtractOptions): PassageReader {
    return {
      readingsOf: (passage, index) => this.readingsOf(passage, index, this.limits),
      find: (readings) => this.find(readings, options),
    };
  }

  private async find(
    readings: readonly Reading[],
    options: ExtractOptions,
  ): Promise<FoundEntity[]> {
    this.throwIfDisposed();
    const threshold = this.thresholdOf(options);
    if (isEmpty(options.labels)) return [];
    const paths = this.pathsIn(options);
    const classes = await this.classify(readings, options.signal);
    return readings.flatMap((reading, index) => {
      const words = classes[index] as WordClasses;
      return readTagSpans(words, this.tags).flatMap(({ first, last, type, score }) => {
        if (score < threshold || !reading.owns(first, last)) return [];
        const path = paths.get(type) ?? [type];
        const ranked = rankTagTypes(words, this.tags, first, last);
        const share = rounded(ranked.find((other) => other.type === type)?.share ?? 0);
        return [
          {
            passage: reading.passage,
            start: reading.words[first]?.start ?? 0,
            end: reading.words[last]?.end ?? 0,
            path,
            score: rounded(score),
            levelScores: path.map(() => share),
            alternatives: ranked
              .filter((other) => other.type !== type)
              .slice(0, ALTERNATIVES)
              .map((other) => ({
                path: paths.get(other.type) ?? [other.type],
                score: rounded(other.share),
              })),
          },
        ];
      });
    });
  }

  /** Probabilities of the classes of the words of readings. The signal is looked at between batches. */
  private async classify(
    readings: readonly Reading[],
    signal?: AbortSignal,
  ): Promise<WordClasses[]> {
    const { folder, tokenizer } = this.loaded;
    const found: WordClasses[] = [];
    const indices = readings.map((_, index) => index);
    const lengthOf = (index: number): number =>
      (readings[index] as Reading).pieces + tokenizer.around;
    for (const batch of batchByLength(indices, lengthOf, BATCH)) {
      signal?.throwIfAborted();
      const texts = batch.map((index) => (readings[index] as Reading).ids);
      const logits = await this.loaded.score(texts);
      this.encoded += batch.length;
      batch.forEach((index, row) => {
        const pieces = (texts[row] ?? []).map(({ length }) => length);
        const own = logits[row] as Float32Array;
        const count = folder.classes.length;
        found[index] = classifyWords(own, count, pieces, folder.settings.aggregation);
      });
    }
    signal?.throwIfAborted();
    return found;
  }

  private get limits(): { readonly words: number; readonly pieces: number } {
    const { tokenizer, folder } = this.loaded;
    const pieces = Math.max(1, folder.positions - tokenizer.around);
    return { words: pieces, pieces };
  }

  private pathsIn({ labels }: ExtractOptions): ReturnType<typeof placeTypes> {
    return placeTypes(this.types, labels, this.loaded.folder.settings.labels);
  }
}

function isEmpty(labels: ExtractOptions['labels']): boolean {
  return (labels.kind === 'taxonomy' ? labels.types : labels.labels).length === 0;
}
