import { Worker } from 'node:worker_threads';
import { WordedError, wordingOf } from '../../core/errors';
import { MessageHandler, type ParamsOf, type ResultOf } from '../../core/messages/messageHandler';
import { phrase, type Phrase } from '../../core/messages/phrase';
import { askedOfWorker, toldByWorker, type ReadProgress } from './contract';
import { portOf } from './port';

/** The worker of a data set could not be started, or ended. */
export class DatasetWorkerError extends WordedError {
  override readonly name = 'DatasetWorkerError';
}

type Asked = typeof askedOfWorker;
type Cancellable = 'find' | 'filter' | 'preview' | 'counts';

/** Talks to the worker of one data set. Requests fail with a `DatasetWorkerError` once that has ended. */
export class DatasetClient {
  private readonly worker: Worker;
  private readonly handler: MessageHandler<typeof toldByWorker, Asked>;
  private failure: DatasetWorkerError | undefined;
  private lastRun = 0;

  /** @param script The bundled program, `dist/dataset.js`. */
  constructor(script: string, onProgress: (progress: ReadProgress) => void) {
    this.worker = new Worker(script, { execArgv: [] });
    this.worker.once('error', (error) => {
      this.end(phrase`The data set’s worker failed: ${wordingOf(error)}`);
    });
    this.worker.once('exit', () => this.end(phrase`The data set’s worker has ended.`));
    this.handler = new MessageHandler(
      portOf(this.worker),
      toldByWorker,
      {
        progress: (progress) => {
          onProgress(progress);
          return null;
        },
      },
      askedOfWorker,
    );
  }

  async request<Name extends keyof Asked>(
    name: Name,
    params: ParamsOf<Asked[Name]>,
  ): Promise<ResultOf<Asked[Name]>> {
    this.throwIfEnded();
    try {
      return await this.handler.request(name, params);
    } catch (error) {
      // What waits when the worker ends is told why.
      this.throwIfEnded();
      throw error;
    }
  }

  /** A request over all passages; stops when the signal says so, with its reason. */
  async scan<Name extends Cancellable>(
    name: Name,
    params: Omit<ParamsOf<Asked[Name]>, 'run'>,
    signal?: AbortSignal,
  ): Promise<ResultOf<Asked[Name]>> {
    signal?.throwIfAborted();
    const run = ++this.lastRun;
    const cancel = () => void this.request('cancel', run).catch(() => undefined);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.request(name, { ...params, run } as ParamsOf<Asked[Name]>);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends the worker. @param keep Whether its working copy stays, for a backup. */
  async close(keep: boolean): Promise<void> {
    await this.request('close', { keep }).catch(() => undefined);
    this.end(phrase`The data set is closed.`);
    await this.worker.terminate();
  }

  private throwIfEnded(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  private end(why: Phrase): void {
    this.failure ??= new DatasetWorkerError(why);
    this.handler.dispose();
  }
}
