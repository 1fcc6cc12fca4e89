import type { ScoredPath } from '../../core/entity/entity';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { phrase } from '../../core/messages/phrase';
import type { AdapterSet } from '../../core/learning/adapterSet';
import type { AlikePair } from '../../core/similarity/alikeVectors';
import type {
  AnnotatedPassage,
  Engine,
  ExtractOptions,
  LearnOptions,
  Passage,
  PassageResult,
  ReadingCounts,
} from '../engine';
import { withSignal } from '../abort';
import { EntityIds } from '../entityIds';
import { DisposedError } from '../errors';
import { groupPassages } from '../passages';
import { openRuntime } from '../runtime/openRuntime';
import type { RuntimeKind } from '../runtime/runtime';
import { defaultThreads } from '../runtime/threads';
import { takeTurns } from '../turns';
import { findAlikeLabels } from './alikeLabels';
import { embedTexts } from './embedTexts';
import { encodeUnits } from './encodeUnits';
import { EncoderModel } from './encoderModel';
import type { LabelEncoder } from './labelEncoder';
import { LabelEncoders } from './labelEncoders';
import { planLabels, type LabelPlan } from './labelPlan';
import { withLearned } from './learning/withLearned';
import { learnAdapters } from './learning/learnAdapters';
import { readPack } from './pack';
import type { PackManifest } from './packSchema';
import { rankSpans } from './rankSpans';
import { readUnits, readUnitsInSteps, type ReadingRules, type ReadUnit } from './sentenceReader';
import { slabs } from './slabs';
import { SpanMemory } from './spanMemory';
import {
  selectTyped,
  suggestEntities,
  typeUnits,
  type SpanOptions,
  type TypedSpan,
} from './typedSpans';
import { featureCache, UnitEncoder, type FeatureCache } from './unitEncoder';
import { readerInContext } from './wordContext';

export interface EncoderOptions {
  /** Threads of ONNX Runtime; physical cores up to 4 when absent. */
  readonly threads?: number;
  /** Which runtime; the native one where it loads when absent. */
  readonly runtime?: RuntimeKind;
  /** Bytes of word features to keep; 96 MB when absent. */
  readonly cacheBytes?: number;
  /** What engines keep word features in that share it, whatever `cacheBytes` says. */
  readonly features?: FeatureCache;
  /** Folder that keeps the vectors of labels for the next time; they are not kept when absent. */
  readonly labelCache?: string;
  /** The label encoders of engines that may share them. */
  readonly labelEncoders?: LabelEncoders;
}

const CACHE_BYTES = 96 * 1024 * 1024;
/** What 20,000 words said of DynamicNER's labels, roughly. */
const MEMORY_BYTES = 96 * 1024 * 1024;
const PLANS = 16;
const GROUP = { passages: 1024, units: 65_536 };
const RANKED = 10;

/** Extracts with a bi-encoder pack in this process. */
export class EncoderEngine implements Engine {
  readonly name = 'encoder';
  readonly capabilities = { freeLabels: true, paid: false, remote: false };
  private readonly units: UnitEncoder;
  private readonly memory = new SpanMemory(MEMORY_BYTES);
  private readonly plans = new Map<string, Promise<LabelPlan>>();
  private readonly rules: ReadingRules;
  private readonly ids = new EntityIds();
  private disposed = false;

  /**
   * Loads a pack.
   * @throws ModelError when a file of it is missing, damaged or of another kind, or no runtime loads.
   */
  static async load(folder: string, options: EncoderOptions = {}): Promise<EncoderEngine> {
    const pack = await readPack(folder);
    const runtime = await openRuntime(options.runtime);
    const threads = options.threads ?? defaultThreads();
    const { labelEncoders = new LabelEncoders(), labelCache } = options;
    const labels = await labelEncoders.take(pack, runtime, threads, labelCache);
    try {
      const model = await EncoderModel.open(pack, runtime, threads);
      const free = (): Promise<void> => labelEncoders.giveBack(labels);
      const features = options.features ?? featureCache(options.cacheBytes ?? CACHE_BYTES);
      return new EncoderEngine(model, { labels, free }, runtime.kind, features);
    } catch (error) {
      await labelEncoders.giveBack(labels);
      throw error;
    }
  }

  private constructor(
    private readonly encoder: EncoderModel,
    private readonly own: { readonly labels: LabelEncoder; readonly free: () => Promise<void> },
    readonly runtime: RuntimeKind,
    features: FeatureCache,
  ) {
    const { manifest, pieces } = encoder;
    this.units = new UnitEncoder(encoder, features);
    this.rules = {
      pattern: new RegExp(manifest.words.pattern, manifest.words.flags),
      inputOf: (word) => pieces.word(word),
      inContext: readerInContext(manifest, (piece) => pieces.idOf(piece)),
      pieces: manifest.window - 2,
      known: (text) => this.units.known(text),
    };
  }

  get model(): string {
    return this.encoder.manifest.name;
  }

  get manifest(): PackManifest {
    return this.encoder.manifest;
  }

  /** Counters since the model was loaded, and what the cache holds. */
  get counters(): {
    encoded: number;
    labelsEncoded: number;
    cachedSentences: number;
    cacheBytes: number;
  } {
    return {
      encoded: this.units.encoded,
      labelsEncoded: this.own.labels.encoded,
      cachedSentences: this.units.cachedUnits,
      cacheBytes: this.units.cacheBytes,
    };
  }

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    const { signal } = options;
    const work = { passages: 0, sentences: 0, encoded: 0, words: 0 };
    const began = performance.now();
    const plan = await this.plan(options.labels, signal);
    const { threshold, overlap = 'flat' } = options;
    const spans = { overlap, ...(threshold === undefined ? {} : { threshold }) };
    for await (const group of groupPassages(passages, () => GROUP, signal)) {
      yield* this.extractGroup(group, plan, spans, work, options);
    }
    options.onDone?.({ ...work, seconds: (performance.now() - began) / 1000 });
  }

  async rankTypes(
    passage: Passage,
    spans: readonly { readonly start: number; readonly end: number }[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    const { labels, signal, limit = RANKED } = options;
    const plan = await this.plan(labels, signal);
    if (plan.layout.leaves.length === 0) return spans.map(() => []);
    const { encoder: model, units, rules, memory } = this;
    const tools = { model, units, rules, plan, memory };
    return rankSpans(passage, spans, limit, signal ? { ...tools, signal } : tools);
  }

  async learn(
    passages: readonly AnnotatedPassage[],
    { labels, signal, estimates = false }: LearnOptions,
  ): Promise<AdapterSet> {
    const plan = await this.plan(labels, signal);
    const { read } = await encodeUnits(this.units, [...readUnits(passages, this.rules)], signal);
    const { encoder: model, memory } = this;
    return { packs: [await learnAdapters({ model, plan, memory }, read, passages, estimates)] };
  }

  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    this.throwIfDisposed();
    return embedTexts(texts, this.encoder.hidden, this.units, this.rules, signal);
  }

  async embedLabels(names: readonly string[]): Promise<Float32Array[]> {
    this.throwIfDisposed();
    const { typing } = await this.own.labels.encode(names);
    const width = this.manifest.typing.dimensions;
    return names.map((_, at) => typing.slice(at * width, (at + 1) * width));
  }

  alikeLabels(groups: readonly (readonly string[])[], from: number): Promise<AlikePair[]> {
    return findAlikeLabels(groups, from, (texts) => this.embedLabels(texts));
  }

  /** Resolves once what is kept for the next process is on disk. */
  settled(): Promise<void> {
    return this.own.labels.settled();
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    await this.encoder.release();
    await this.own.free();
  }

  /** Yields the passages of a group as soon as all of their units are done. */
  private async *extractGroup(
    group: readonly Passage[],
    plan: LabelPlan,
    options: SpanOptions,
    work: { -readonly [Key in keyof Omit<ReadingCounts, 'seconds'>]: number },
    { signal, onReading }: Pick<ExtractOptions, 'signal' | 'onReading'>,
  ): AsyncGenerator<PassageResult, void, undefined> {
    let next = 0;
    const found: TypedSpan[][] = group.map(() => []);
    const read = group.map(() => 0);
    let isWindowed = false;
    const source = plan.layout.leaves.length === 0 ? [] : readUnitsInSteps(group, this.rules);
    const breath = takeTurns();
    for (const { units, ended } of slabs(source, group.length)) {
      await breath();
      signal?.throwIfAborted();
      this.throwIfDisposed();
      const { spans, encoded } = await this.typeSlab(units, plan, options, signal);
      for (const span of spans) found[span.passage]?.push(span);
      work.encoded += encoded;
      work.sentences += units.length;
      for (const { passage, words, isSentence } of units) {
        work.words += words;
        read[passage] = (read[passage] ?? 0) + words;
        isWindowed ||= !isSentence;
      }
      const mustSelect = isWindowed || plan.ownThresholds !== undefined;
      for (; next < ended; next++) {
        let own = found[next] ?? [];
        if (mustSelect) {
          const selected: TypedSpan[] = [];
          for (const some of selectTyped(own, options.overlap)) {
            selected.push(...some);
            await breath();
          }
          signal?.throwIfAborted();
          own = selected;
        }
        work.passages++;
        yield this.resultOf(group[next] as Passage, own);
      }
      const underWay = group[next];
      if (underWay !== undefined) onReading?.({ id: underWay.id, words: read[next] ?? 0 });
    }
  }

  private async typeSlab(
    units: readonly ReadUnit[],
    plan: LabelPlan,
    options: SpanOptions,
    signal?: AbortSignal,
  ): Promise<{ spans: TypedSpan[]; encoded: number }> {
    if (units.length === 0) return { spans: [], encoded: 0 };
    const { read, encoded } = await encodeUnits(this.units, units, signal);
    return { spans: await typeUnits(this.encoder, plan, read, options, this.memory), encoded };
  }

  private resultOf({ id }: Passage, spans: readonly TypedSpan[]): PassageResult {
    const { name: engine, model } = this;
    return { id, entities: suggestEntities(spans, { engine, model }, () => this.ids.next()) };
  }

  private plan(spec: LabelSpec, signal?: AbortSignal): Promise<LabelPlan> {
    this.throwIfDisposed();
    signal?.throwIfAborted();
    const { manifest, labelTexts, gazetteer } = this.encoder;
    let plan = this.plans.get(spec.id);
    if (plan === undefined) {
      // Not the caller's signal: others may wait for the same labels.
      plan = planLabels(spec, manifest, labelTexts, this.own.labels, gazetteer?.types).then(
        (made) => withLearned(made, spec.adapters, this.encoder),
      );
      plan.catch(() => this.plans.delete(spec.id));
    }
    this.plans.delete(spec.id);
    this.plans.set(spec.id, plan);
    for (const oldest of this.plans.keys()) {
      if (this.plans.size <= PLANS) break;
      this.plans.delete(oldest);
    }
    return withSignal(plan, signal);
  }

  private throwIfDisposed(): void {
    if (this.disposed) throw new DisposedError(phrase`encoder`);
  }
}
