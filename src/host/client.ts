import type { RequestType } from 'vscode-jsonrpc';
import type { ScoredPath } from '../core/entity/entity';
import type { LabelSpec } from '../core/labels/labelSpec';
import type { AlikePair } from '../core/similarity/alikeVectors';
import type { AdapterSet } from '../core/learning/adapterSet';
import type {
  AnnotatedPassage,
  ExtractStatistics,
  Passage,
  PassageResult,
} from '../engines/engine';
import { LruCache } from '../engines/encoder/lruCache';
import { DisposedError } from '../engines/errors';
import { withSignal } from '../engines/abort';
import { phrase } from '../core/messages/phrase';
import { fromResponseError, isAnswer } from './errors';
import { HostProcess, type HostProcessOptions } from './hostProcess';
import {
  alikeLabels,
  embed,
  embedLabels,
  extract,
  extracted,
  HostErrorCode,
  learn,
  load,
  putLabels,
  rankTypes,
  segment,
  statistics,
  type ExtractParams,
  type HostStatistics,
  type LoadedModel,
  type LoadParams,
  type RankParams,
  type SegmentParams,
  type SegmentResult,
} from './protocol';

export interface HostClientOptions extends HostProcessOptions {
  /** The model that is loaded before the first extraction. */
  readonly model: LoadParams;
}

/** UTF-16 units of text whose passages are remembered: another label list reads the same text again. */
const mostSegmented = 1_000_000;

/** Tries of a request whose process ended under it. */
const TRIES = 2;

/**
 * Talks to the encoder's process: starts it with the first request, and again when it crashed or
 * left because it had nothing to do. A request whose process ended is sent once more to a new one;
 * if that ends too, the request fails. Every method rejects with the signal's reason, a `ModelError`,
 * or a `HostError` that says what became of the process; none waits for ever.
 */
export class HostClient {
  private process: Promise<Life> | undefined;
  private readonly shutdown = new AbortController();
  private runs = 0;
  private readonly segments = new LruCache<SegmentResult>(
    2 * mostSegmented,
    ({ offsets }) => 8 * offsets.length,
  );

  constructor(private readonly options: HostClientOptions) {}

  /** Starts the process and loads the model; what else the methods do by themselves. */
  load(signal?: AbortSignal): Promise<LoadedModel> {
    return this.withProcess(signal, (life) => life.loadModel(this.options.model, signal));
  }

  /** The passages of a text; needs no model. */
  async segment(params: SegmentParams, signal?: AbortSignal): Promise<SegmentResult> {
    const key = [params.languageId, ...(params.only ?? []), params.text].join('\n');
    const known = this.segments.get(key);
    if (known !== undefined) return known;
    const result = await this.withProcess(signal, ({ host }) =>
      host.request(segment, params, signal),
    );
    this.segments.set(key, result);
    return result;
  }

  /**
   * Extracts from passages. `onResults` gets them as they come, in order, each passage once, also
   * when the process had to be started again in between.
   */
  async extract(
    passages: readonly Passage[],
    labels: LabelSpec,
    options: Pick<ExtractParams, 'threshold' | 'overlap'> & { readonly signal?: AbortSignal },
    onResults: (results: readonly PassageResult[]) => void,
  ): Promise<ExtractStatistics> {
    const { signal, ...rest } = options;
    let done = 0;
    return this.withProcess(signal, async (life) => {
      const run = ++this.runs;
      life.listeners.set(run, (results) => {
        if (signal?.aborted === true) return;
        done += results.length;
        onResults(results);
      });
      const params = { run, passages: passages.slice(done), labels: labels.id, ...rest };
      try {
        return await this.withLabels(life, extract, params, labels, signal);
      } finally {
        life.listeners.delete(run);
      }
    });
  }

  /** Types of given spans, best first. */
  rankTypes(
    params: Omit<RankParams, 'labels'>,
    labels: LabelSpec,
    signal?: AbortSignal,
  ): Promise<readonly (readonly ScoredPath[])[]> {
    return this.withProcess(signal, (life) =>
      this.withLabels(life, rankTypes, { ...params, labels: labels.id }, labels, signal),
    );
  }

  /** What annotated passages teach of a label list. */
  learn(
    passages: readonly AnnotatedPassage[],
    labels: LabelSpec,
    estimates: boolean,
    signal?: AbortSignal,
  ): Promise<AdapterSet> {
    return this.withProcess(signal, (life) =>
      this.withLabels(life, learn, { passages, labels: labels.id, estimates }, labels, signal),
    );
  }

  /** One vector for each text. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    return this.withProcess(signal, async (life) => {
      await life.loadModel(this.options.model, signal);
      const vectors = await life.host.request(embed, { texts }, signal);
      return vectors.map((vector) => Float32Array.from(vector));
    });
  }

  /** One vector for each name of a type. */
  embedLabels(names: readonly string[]): Promise<Float32Array[]> {
    return this.withProcess(undefined, async (life) => {
      await life.loadModel(this.options.model);
      const vectors = await life.host.request(embedLabels, { texts: names });
      return vectors.map((vector) => Float32Array.from(vector));
    });
  }

  /** Of each label of a group the one before it that means nearly the same. */
  alikeLabels(groups: readonly (readonly string[])[], from: number): Promise<readonly AlikePair[]> {
    return this.withProcess(undefined, async (life) => {
      await life.loadModel(this.options.model);
      return life.host.request(alikeLabels, { groups, from });
    });
  }

  /** Counters of the process. Starts none: undefined while there is none. */
  async statistics(): Promise<HostStatistics | undefined> {
    const life = await this.process?.catch(() => undefined);
    if (life === undefined || life.host.ended) return undefined;
    return life.host.request(statistics, null);
  }

  /** Id of the process; undefined while there is none. */
  async pid(): Promise<number | undefined> {
    const life = await this.process?.catch(() => undefined);
    return life === undefined || life.host.ended ? undefined : life.host.pid;
  }

  /** Ends the process; resolves once it is gone. Requests under way and later ones are rejected. */
  async dispose(): Promise<void> {
    this.shutdown.abort();
    const life = await this.process?.catch(() => undefined);
    await life?.host.stop();
  }

  private async withProcess<R>(
    signal: AbortSignal | undefined,
    work: (life: Life) => Promise<R>,
  ): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      this.throwIfDisposed();
      signal?.throwIfAborted();
      const life = await withSignal(this.living(), signal).catch((error: unknown) => {
        this.throwIfDisposed();
        throw error;
      });
      try {
        return await work(life);
      } catch (error) {
        signal?.throwIfAborted();
        if (life.host.ended === undefined || error !== life.host.ended) {
          throw fromResponseError(error);
        }
        this.throwIfDisposed();
        if (attempt === TRIES) throw error;
      }
    }
  }

  /** The process that runs, or a new one. */
  private async living(): Promise<Life> {
    const current = this.process;
    if (current) {
      const life = await current.catch(() => undefined);
      if (life && !life.host.ended) return life;
      if (this.process !== current) return this.living();
    }
    const next = HostProcess.start(this.options, this.shutdown.signal).then(
      (host) => new Life(host),
    );
    // Whoever asked hears of a failure; the next one who asks tries again.
    next.catch(() => undefined);
    this.process = next;
    return next;
  }

  private throwIfDisposed(): void {
    if (this.shutdown.signal.aborted) throw new DisposedError(phrase`encoder’s process`);
  }

  /** Sends a request that needs the model and the labels, and the labels with it where they are new. */
  private async withLabels<P, R>(
    life: Life,
    type: RequestType<P, R, void>,
    params: P,
    labels: LabelSpec,
    signal?: AbortSignal,
  ): Promise<R> {
    await life.loadModel(this.options.model, signal);
    for (let attempt = 1; ; attempt++) {
      await life.sendLabels(labels);
      try {
        return await life.host.request(type, params, signal);
      } catch (error) {
        if (attempt === TRIES || !isAnswer(error, HostErrorCode.unknownLabels)) throw error;
        life.forgetLabels(labels);
      }
    }
  }
}

/** One process with what was sent to it. */
class Life {
  private model: Promise<LoadedModel> | undefined;
  private readonly labels = new Map<string, Promise<unknown>>();
  /** Who gets the results of which run; a connection has one listener for a kind of message. */
  readonly listeners = new Map<number, (results: readonly PassageResult[]) => void>();

  constructor(readonly host: HostProcess) {
    host.onNotification(extracted, ({ run, results }) => this.listeners.get(run)?.(results));
  }

  loadModel(params: LoadParams, signal?: AbortSignal): Promise<LoadedModel> {
    if (this.model === undefined) {
      // Not the caller's signal: others may wait for the same model.
      this.model = this.host.request(load, params);
      this.model.catch(() => (this.model = undefined));
    }
    return withSignal(this.model, signal);
  }

  async sendLabels(spec: LabelSpec): Promise<void> {
    let sent = this.labels.get(spec.id);
    if (sent === undefined) {
      sent = this.host.request(putLabels, spec);
      this.labels.set(spec.id, sent);
      sent.catch(() => this.labels.delete(spec.id));
    }
    await sent;
  }

  forgetLabels({ id }: LabelSpec): void {
    this.labels.delete(id);
  }
}
