import type { ScoredPath } from '../../core/entity/entity';
import { phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';
import type { EngineCapabilities, ExtractOptions, Passage, PassageResult } from '../engine';
import { EntityIds } from '../entityIds';
import { DisposedError } from '../errors';
import type { RuntimeKind } from '../runtime/runtime';
import type { LocalEngine, ModelCounters, ModelDescription } from './localEngine';
import type { ClassifierFolder, GlinerFolder } from './modelFolder';
import { readPassage, type Reading } from './modelReadings';
import { splitModelWords } from './modelWords';
import { runPassages, type PassageReader } from './passageRun';
import { placeSpans, type PlacedWords } from './placeSpans';
import type { WordTokenizer } from './wordTokenizer';

/** An opened model of other people: its folder, its tokenizer, its graphs. */
export interface ForeignModel {
  readonly folder: GlinerFolder | ClassifierFolder;
  readonly tokenizer: WordTokenizer;
  release(): Promise<void>;
}

/** Types that are ranked for a span where nobody says how many. */
export const RANKED = 10;

/** What the engines of other people's models share: one model in this process, which reads passages as wholes. */
export abstract class ForeignEngine<Model extends ForeignModel> implements LocalEngine {
  readonly name = 'encoder';
  abstract readonly capabilities: EngineCapabilities;
  /** Texts that the graph has read. */
  protected encoded = 0;
  private readonly ids = new EntityIds();
  private disposed = false;

  /** @param usualThreshold Least probability of an entity where neither the model nor a caller says. */
  protected constructor(
    protected readonly loaded: Model,
    readonly runtime: RuntimeKind,
    private readonly usualThreshold: number,
  ) {}

  get model(): string {
    return this.loaded.folder.name;
  }

  get description(): ModelDescription {
    const { name, kind, bytes, settings } = this.loaded.folder;
    const threshold = settings.threshold ?? this.usualThreshold;
    const thresholds = { taxonomy: threshold, flat: threshold };
    const { languages } = settings;
    const { labels } = this.capabilities;
    const own = labels === undefined ? {} : { labels };
    return { name, version: '', kind, languages, bytes, thresholds, ...own };
  }

  get counters(): ModelCounters {
    return { encoded: this.encoded, labelsEncoded: 0, cachedSentences: 0, cacheBytes: 0 };
  }

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    this.throwIfDisposed();
    options.signal?.throwIfAborted();
    const source = { engine: this.name, model: this.model };
    yield* runPassages(passages, this.reader(options), this.ids, source, options);
  }

  abstract rankTypes(
    passage: Passage,
    spans: readonly Range[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]>;

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    await this.loaded.release();
  }

  /** How the passages of one run are read. */
  protected abstract reader(options: ExtractOptions): PassageReader;

  /** The readings of a passage in a graph that takes that many words and pieces of them at once. */
  protected readingsOf(
    passage: Passage,
    index: number,
    limits: { readonly words: number; readonly pieces: number },
  ): Reading[] {
    const { tokenizer, folder } = this.loaded;
    const wordsOf = (text: string): Range[] => splitModelWords(text, folder.settings.words);
    return readPassage(passage, index, wordsOf, (word) => tokenizer.ids(word), limits);
  }

  protected thresholdOf({ threshold }: ExtractOptions): number {
    return threshold ?? this.loaded.folder.settings.threshold ?? this.usualThreshold;
  }

  protected throwIfDisposed(): void {
    if (this.disposed) throw new DisposedError(phrase`encoder`);
  }
}

/**
 * Ranks the types of spans: `scoresOf` reads the readings that hold spans, each once, and `rank` says what
 * a reading's scores mean for a span of its words. A span that touches no word has no types.
 */
export async function rankPlaced<Scores>(
  readings: readonly Reading[],
  spans: readonly Range[],
  scoresOf: (readings: readonly Reading[]) => Promise<readonly Scores[]>,
  rank: (scores: Scores, place: PlacedWords) => readonly ScoredPath[],
): Promise<readonly (readonly ScoredPath[])[]> {
  const placed = placeSpans(readings, spans);
  const wanted = [...new Set(placed.flatMap((place) => (place ? [place.reading] : [])))];
  const scores = await scoresOf(wanted);
  return placed.map((place) =>
    place === undefined ? [] : rank(scores[wanted.indexOf(place.reading)] as Scores, place),
  );
}
