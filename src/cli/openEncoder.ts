import { existsSync } from 'node:fs';
import path from 'node:path';
import { phrase } from '../core/messages/phrase';
import type { Engine } from '../engines/engine';
import { ModelError } from '../engines/errors';
import { openModel } from '../engines/models/openModel';
import { defaultThreads } from '../engines/runtime/threads';
import { HostEngine } from '../host/hostEngine';
import { WorkerPool } from './extraction/workerPool';

export interface OpenOptions {
  /** Threads of each worker; when absent, the default number shared among the workers. */
  readonly threads?: number;
  /** Processes that extract side by side; with one, this process does it itself. */
  readonly workers: number;
  /** Folder of the program, where the encoder's process lies. */
  readonly programFolder: string;
}

/** Opens the engine of a model folder. */
export type OpenEngine = (folder: string, options: OpenOptions) => Promise<Engine>;

/**
 * Opens an encoder in this process, or in several processes of its own.
 * @throws ModelError when the model cannot be used; HostError when a process cannot be started.
 */
export const openEncoder: OpenEngine = async (folder, { threads, workers, programFolder }) => {
  if (!existsSync(folder)) {
    throw new ModelError(
      folder,
      phrase`there is no such folder, nor a bundled model of that name`,
      phrase`Name the folder of a model, or a bundled one: “dynamicner models” lists them.`,
    );
  }
  if (workers === 1) return openModel(folder, threads === undefined ? {} : { threads });
  const each = threads ?? Math.max(1, Math.floor(defaultThreads() / workers));
  const start = () =>
    HostEngine.start({
      script: path.join(programFolder, 'host.js'),
      model: { folder, threads: each },
    });
  const first = await start();
  return new WorkerPool([
    first,
    ...(await Promise.all(Array.from({ length: workers - 1 }, start))),
  ]);
};
