import { rankLeaves } from '../../core/decoding/types';
import type { ScoredPath } from '../../core/entity/entity';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { phrase } from '../../core/messages/phrase';
import { rounded } from '../encoder/typedSpans';
import type { ExtractOptions, Passage, PassageResult } from '../engine';
import { DisposedError } from '../errors';
import type {
  LocalEngine,
  LocalOptions,
  ModelCounters,
  ModelDescription,
} from '../models/localEngine';
import type { GlinerFolder } from '../models/modelFolder';
import { readPassage, type Reading } from '../models/modelReadings';
import { splitModelWords } from '../models/modelWords';
import { EntityIds, runPassages, type FoundEntity } from '../models/passageRun';
import { placeSpans } from '../models/placeSpans';
import { openRuntime } from '../runtime/openRuntime';
import type { RuntimeKind } from '../runtime/runtime';
import { defaultThreads } from '../runtime/threads';
import { GlinerModel } from './glinerModel';
import { scoreReadings } from './glinerReader';
import { findTypedSpans, shareLeaves, type GlinerSpan } from './glinerTypes';
import { planGroups, type GlinerPlan } from './labelGroups';
import type { SpanScores } from './spanScores';

const THRESHOLD = 0.5;
const PLANS = 16;
const RANKED = 10;

/** Extracts with a GLiNER model (span, token or bi-encoder) in this process. */
export class GlinerEngine implements LocalEngine {
  readonly name = 'encoder';
  // Labels are read with the text, or meet it within the graph: other labels need another reading.
  readonly capabilities = { freeLabels: false, paid: false, remote: false };
  private readonly plans = new Map<string, GlinerPlan>();
  private readonly ids = new EntityIds();
  private encoded = 0;
  private disposed = false;

  /** @throws ModelError when a graph or tokenizer cannot be used, or no runtime loads. */
  static async load(folder: GlinerFolder, options: LocalOptions = {}): Promise<GlinerEngine> {
    const runtime = await openRuntime(options.runtime);
    const threads = options.threads ?? defaultThreads();
    return new GlinerEngine(await GlinerModel.open(folder, runtime, threads), runtime.kind);
  }

  private constructor(
    private readonly loaded: GlinerModel,
    readonly runtime: RuntimeKind,
  ) {}

  get model(): string {
    return this.loaded.folder.name;
  }

  get description(): ModelDescription {
    const { name, kind, bytes, settings } = this.loaded.folder;
    const { threshold = THRESHOLD, languages } = settings;
    const thresholds = { taxonomy: threshold, flat: threshold };
    return { name, version: '', kind, languages, bytes, thresholds };
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
    const plan = this.planOf(options.labels);
    const reader = {
      readingsOf: (passage: Passage, index: number) => this.readingsOf(passage, index, plan),
      find: async (readings: readonly Reading[]): Promise<FoundEntity[]> => {
        this.throwIfDisposed();
        this.encoded += readings.length;
        const spans = await findTypedSpans(this.loaded, plan, readings, {
          threshold: options.threshold ?? this.loaded.folder.settings.threshold ?? THRESHOLD,
          overlap: options.overlap ?? 'flat',
          ...(options.signal ? { signal: options.signal } : {}),
        });
        return spans.map(entityOf);
      },
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
    const plan = this.planOf(options.labels);
    if (plan.layout.leaves.length === 0) return spans.map(() => []);
    const readings = this.readingsOf(passage, 0, plan);
    const placed = placeSpans(readings, spans);
    const wanted = [...new Set(placed.flatMap((place) => (place ? [place.reading] : [])))];
    const scores = await scoreReadings(this.loaded, wanted, plan.all, options.signal);
    return placed.map((place) => {
      if (place === undefined) return [];
      const own = scores[wanted.indexOf(place.reading)] as SpanScores;
      const logits = plan.layout.nodes.map((_, label) => own.logit(place.first, place.last, label));
      const probabilities = shareLeaves(plan.layout, logits);
      const ranked = rankLeaves(plan.layout, { probabilities }, options.limit ?? RANKED);
      return ranked.map(({ path, score }) => ({ path, score: rounded(score) }));
    });
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    await this.loaded.release();
  }

  private readingsOf(passage: Passage, index: number, plan: GlinerPlan): Reading[] {
    const { tokenizer, folder } = this.loaded;
    return readPassage(
      passage,
      index,
      (text) => splitModelWords(text, folder.settings.words),
      (word) => tokenizer.ids(word),
      {
        words: folder.config.max_len,
        pieces: Math.max(1, folder.positions - plan.prompt - tokenizer.around),
      },
    );
  }

  private planOf(spec: LabelSpec): GlinerPlan {
    const plan = this.plans.get(spec.id) ?? planGroups(spec, this.loaded);
    this.plans.delete(spec.id);
    this.plans.set(spec.id, plan);
    for (const oldest of this.plans.keys()) {
      if (this.plans.size <= PLANS) break;
      this.plans.delete(oldest);
    }
    return plan;
  }

  private throwIfDisposed(): void {
    if (this.disposed) throw new DisposedError(phrase`encoder`);
  }
}

function entityOf(span: GlinerSpan): FoundEntity {
  const { reading, first, last } = span;
  return {
    passage: reading.passage,
    start: reading.words[first]?.start ?? 0,
    end: reading.words[last]?.end ?? 0,
    path: span.path,
    score: rounded(span.score),
    levelScores: span.levelScores.map(rounded),
    alternatives: span.alternatives.map(({ path, score }) => ({ path, score: rounded(score) })),
  };
}
