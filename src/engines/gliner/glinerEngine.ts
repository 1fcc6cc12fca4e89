import { rankLeaves } from '../../core/decoding/types';
import type { ScoredPath } from '../../core/entity/entity';
import type { LabelSpec } from '../../core/labels/labelSpec';
import type { Range } from '../../core/text/range';
import { rounded } from '../encoder/typedSpans';
import type { ExtractOptions, Passage } from '../engine';
import { ForeignEngine, RANKED, rankPlaced } from '../models/foreignEngine';
import type { LocalOptions } from '../models/localEngine';
import type { GlinerFolder } from '../models/modelFolder';
import type { FoundEntity, PassageReader } from '../models/passageRun';
import { openRuntime } from '../runtime/openRuntime';
import { defaultThreads } from '../runtime/threads';
import { GlinerModel } from './glinerModel';
import { scoreReadings } from './glinerReader';
import { findTypedSpans, shareLeaves, type GlinerSpan } from './glinerTypes';
import { planGroups, type GlinerPlan } from './labelGroups';
import type { SpanScores } from './spanScores';

const THRESHOLD = 0.5;
const PLANS = 16;

/** Extracts with a GLiNER model (span, token or bi-encoder) in this process. */
export class GlinerEngine extends ForeignEngine<GlinerModel> {
  // Labels are read with the text, or meet it within the graph: other labels need another reading.
  readonly capabilities = { freeLabels: false, paid: false, remote: false };
  private readonly plans = new Map<string, GlinerPlan>();

  /** @throws ModelError when a graph or tokenizer cannot be used, or no runtime loads. */
  static async load(folder: GlinerFolder, options: LocalOptions = {}): Promise<GlinerEngine> {
    const runtime = await openRuntime(options.runtime);
    const threads = options.threads ?? defaultThreads();
    const model = await GlinerModel.open(folder, runtime, threads);
    return new GlinerEngine(model, runtime.kind, THRESHOLD);
  }

  async rankTypes(
    passage: Passage,
    spans: readonly Range[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    this.throwIfDisposed();
    const { layout, all, prompt } = this.planOf(options.labels);
    if (layout.leaves.length === 0) return spans.map(() => []);
    return rankPlaced<SpanScores>(
      this.readingsOf(passage, 0, this.limitsBeside(prompt)),
      spans,
      (readings) => scoreReadings(this.loaded, readings, all, options.signal),
      (scores, { first, last }) => {
        const logits = layout.nodes.map((_, label) => scores.logit(first, last, label));
        const probabilities = shareLeaves(layout, logits);
        return rankLeaves(layout, { probabilities }, options.limit ?? RANKED).map(
          ({ path, score }) => ({ path, score: rounded(score) }),
        );
      },
    );
  }

  protected reader(options: ExtractOptions): PassageReader {
    const plan = this.planOf(options.labels);
    const limits = this.limitsBeside(plan.prompt);
    return {
      readingsOf: (passage, index) => this.readingsOf(passage, index, limits),
      find: async (readings) => {
        this.throwIfDisposed();
        this.encoded += readings.length;
        const spans = await findTypedSpans(this.loaded, plan, readings, {
          threshold: this.thresholdOf(options),
          overlap: options.overlap ?? 'flat',
          ...(options.signal ? { signal: options.signal } : {}),
        });
        return spans.map(entityOf);
      },
    };
  }

  /** What a text may have beside a prompt of that many tokens. */
  private limitsBeside(prompt: number): { readonly words: number; readonly pieces: number } {
    const { tokenizer, folder } = this.loaded;
    const pieces = Math.max(1, folder.positions - prompt - tokenizer.around);
    return { words: folder.config.max_len, pieces };
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
