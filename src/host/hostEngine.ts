import type { ScoredPath } from '../core/entity/entity';
import type { AlikePair } from '../core/similarity/alikeVectors';
import type { LabelSpec } from '../core/labels/labelSpec';
import type { AdapterSet } from '../core/learning/adapterSet';
import { outdatedPacks, withoutOutdated, type OutdatedPack } from '../core/learning/outdated';
import { withAdapters } from '../core/learning/withAdapters';
import type {
  AnnotatedPassage,
  Engine,
  EngineCapabilities,
  ExtractOptions,
  LearnOptions,
  Passage,
  PassageResult,
  ReadingCounts,
} from '../engines/engine';
import { groupPassages } from '../engines/passages';
import { HostClient, type HostClientOptions } from './client';
import type { LoadedModel } from './protocol';
import { ResultQueue } from './resultQueue';

/** Told of what was learned for another version of the model, which says nothing to this one. */
export type OnOutdated = (learned: AdapterSet, outdated: readonly OutdatedPack[]) => void;

/** A request is long enough to fill batches, and short enough that others get their turn. */
const GROUP = { passages: 256, units: 32_768 };
const RANKED = 10;

/** The encoder in its process, as an engine. */
export class HostEngine implements Engine {
  readonly name = 'encoder';

  /**
   * Starts a process and loads the model.
   * @throws ModelError when the model cannot be used; HostError when the process cannot.
   */
  static async start(options: HostClientOptions, signal?: AbortSignal): Promise<HostEngine> {
    const client = new HostClient(options);
    try {
      return new HostEngine(client, await client.load(signal));
    } catch (error) {
      await client.dispose();
      throw error;
    }
  }

  /**
   * @param loaded What `client.load` said of the model.
   * @param onOutdated Told of outdated adapters, which are left out then; without it they are an error.
   */
  constructor(
    readonly client: HostClient,
    readonly loaded: LoadedModel,
    private readonly onOutdated?: OnOutdated,
  ) {}

  get model(): string {
    return this.loaded.name;
  }

  get capabilities(): EngineCapabilities {
    const { freeLabels, labels } = this.loaded;
    return { freeLabels, paid: false, remote: false, ...(labels === undefined ? {} : { labels }) };
  }

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    const { onDone, threshold, overlap } = options;
    const labels = this.usable(options.labels);
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    const rest = {
      ...(threshold === undefined ? {} : { threshold }),
      ...(overlap === undefined ? {} : { overlap }),
      signal,
    };
    const total = { passages: 0, sentences: 0, encoded: 0, words: 0, seconds: 0 };
    try {
      for await (const group of groupPassages(passages, () => GROUP, options.signal)) {
        const queue = new ResultQueue<PassageResult>();
        const work = this.client
          .extract(group, labels, rest, (results) => queue.push(results))
          .then((statistics) => add(total, statistics));
        queue.endWith(work);
        yield* queue;
      }
    } finally {
      // Whoever stops reading early wants no more work done.
      stop.abort();
    }
    onDone?.(total);
  }

  rankTypes(
    passage: Passage,
    spans: readonly { readonly start: number; readonly end: number }[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    const { labels, signal, limit = RANKED } = options;
    return this.client.rankTypes({ passage, spans, limit }, this.usable(labels), signal);
  }

  learn(passages: readonly AnnotatedPassage[], options: LearnOptions): Promise<AdapterSet> {
    const { labels, estimates = false, signal } = options;
    return this.client.learn(passages, labels, estimates, signal);
  }

  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    return this.client.embed(texts, signal);
  }

  embedLabels(names: readonly string[]): Promise<Float32Array[]> {
    return this.client.embedLabels(names);
  }

  alikeLabels(groups: readonly (readonly string[])[], from: number): Promise<readonly AlikePair[]> {
    return this.client.alikeLabels(groups, from);
  }

  dispose(): Promise<void> {
    return this.client.dispose();
  }

  /** The labels with what was learned of them as far as it is for this version of the model. */
  private usable(labels: LabelSpec): LabelSpec {
    const { adapters } = labels;
    if (adapters === undefined || this.onOutdated === undefined) return labels;
    const outdated = outdatedPacks(adapters, this.loaded.packs ?? []);
    if (outdated.length === 0) return labels;
    this.onOutdated(adapters, outdated);
    return withAdapters(labels, withoutOutdated(adapters, outdated));
  }
}

type Total = { -readonly [Key in keyof ReadingCounts]: number };

function add(total: Total, more: ReadingCounts): void {
  for (const key of Object.keys(total) as (keyof Total)[]) total[key] += more[key];
}
