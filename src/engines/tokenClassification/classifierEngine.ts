import type { ScoredPath } from '../../core/entity/entity';
import { phrase } from '../../core/messages/phrase';
import { batchByLength } from '../encoder/batches';
import { rounded } from '../encoder/typedSpans';
import type { ExtractOptions, Passage, PassageResult } from '../engine';
import { DisposedError } from '../errors';
import type {
  LocalEngine,
  LocalOptions,
  ModelCounters,
  ModelDescription,
} from '../models/localEngine';
import type { ClassifierFolder } from '../models/modelFolder';
import { readPassage, type Reading } from '../models/modelReadings';
import { splitModelWords } from '../models/modelWords';
import { EntityIds, runPassages, type FoundEntity } from '../models/passageRun';
import { placeSpans } from '../models/placeSpans';
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
const RANKED = 10;

/** Extracts with a token classification model in this process. Its types are its own. */
export class ClassifierEngine implements LocalEngine {
  readonly name = 'encoder';
  private readonly tags: readonly Tag[];
  private readonly types: readonly string[];
  private readonly ids = new EntityIds();
  private encoded = 0;
  private disposed = false;

  /** @throws ModelError when the graph or tokenizer cannot be used, or no runtime loads. */
  static async load(
    folder: ClassifierFolder,
    options: LocalOptions = {},
  ): Promise<ClassifierEngine> {
    const runtime = await openRuntime(options.runtime);
    const threads = options.threads ?? defaultThreads();
    return new ClassifierEngine(await ClassifierModel.open(folder, runtime, threads), runtime.kind);
  }

  private constructor(
    private readonly loaded: ClassifierModel,
    readonly runtime: RuntimeKind,
  ) {
    this.tags = readTags(loaded.folder.classes);
    this.types = typesOfTags(this.tags);
  }

  get capabilities() {
    return { freeLabels: false, paid: false, remote: false, labels: this.types };
  }

  get model(): string {
    return this.loaded.folder.name;
  }

  get description(): ModelDescription {
    const { name, kind, bytes, settings } = this.loaded.folder;
    const { threshold = THRESHOLD, languages } = settings;
    const thresholds = { taxonomy: threshold, flat: threshold };
    return { name, version: '', kind, languages, bytes, thresholds, labels: this.types };
  }

  get counters(): ModelCounters {
    return { encoded: this.encoded, labelsEncoded: 0, cachedSentences: 0, cacheBytes: 0 };
  }

  /**
   * As `Engine.extract`; whatever labels are asked for, the model's own types come, at their places in
   * the list where it has them (see {@link placeTypes}); none come for an empty list.
   */
  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    this.throwIfDisposed();
    options.signal?.throwIfAborted();
    const reader = {
      readingsOf: (passage: Passage, index: number) => this.readingsOf(passage, index),
      find: (readings: readonly Reading[]) => this.find(readings, options),
    };
    const source = { engine: this.name, model: this.model };
    yield* runPassages(passages, reader, this.ids, source, options);
  }

  async rankTypes(
    passage: Passage,
    spans: readonly { readonly start: number; readonly end: number }[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    this.throwIfDisposed();
    if (isEmpty(options.labels)) return spans.map(() => []);
    const paths = this.pathsIn(options);
    const placed = placeSpans(this.readingsOf(passage, 0), spans);
    const wanted = [...new Set(placed.flatMap((place) => (place ? [place.reading] : [])))];
    const classes = await this.classify(wanted, options.signal);
    return placed.map((place) => {
      if (place === undefined) return [];
      const own = classes[wanted.indexOf(place.reading)] as WordClasses;
      return rankTagTypes(own, this.tags, place.first, place.last)
        .slice(0, options.limit ?? RANKED)
        .map(({ type, share }) => ({ path: paths.get(type) ?? [type], score: rounded(share) }));
    });
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    await this.loaded.release();
  }

  private async find(
    readings: readonly Reading[],
    options: ExtractOptions,
  ): Promise<FoundEntity[]> {
    this.throwIfDisposed();
    const threshold = options.threshold ?? this.loaded.folder.settings.threshold ?? THRESHOLD;
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

  private readingsOf(passage: Passage, index: number): Reading[] {
    const { tokenizer, folder } = this.loaded;
    const pieces = Math.max(1, folder.positions - tokenizer.around);
    return readPassage(
      passage,
      index,
      (text) => splitModelWords(text, folder.settings.words),
      (word) => tokenizer.ids(word),
      { words: pieces, pieces },
    );
  }

  private pathsIn({ labels }: ExtractOptions): ReturnType<typeof placeTypes> {
    return placeTypes(this.types, labels, this.loaded.folder.settings.labels);
  }

  private throwIfDisposed(): void {
    if (this.disposed) throw new DisposedError(phrase`encoder`);
  }
}

function isEmpty(labels: ExtractOptions['labels']): boolean {
  return (labels.kind === 'taxonomy' ? labels.types : labels.labels).length === 0;
}
