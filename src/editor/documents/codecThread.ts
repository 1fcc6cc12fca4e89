import { Worker } from 'node:worker_threads';
import { Disposable } from '../disposable';
import {
  localCodec,
  type AnnotationCodec,
  type PlacedPassages,
  type WrittenAnnotations,
} from './annotationCodec';

/** Units and bytes up to which the work is done at once: a few milliseconds of it. */
const small = 16 * 1024;
/** After this long without work the thread ends. */
const idleMilliseconds = 30_000;

export interface CodecRequest {
  readonly id: number;
  readonly method: keyof AnnotationCodec;
  readonly params: unknown;
}

export interface CodecAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The codec in a thread of its own for all but small texts, so that the extension host goes on. */
export class CodecThread extends Disposable implements AnnotationCodec {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private idle: NodeJS.Timeout | undefined;

  /** @param script The bundle of `codecWorker.ts`. */
  constructor(private readonly script: string) {
    super();
    this._register({ dispose: () => this.end() });
  }

  read(params: { readonly bytes: Uint8Array; readonly text: string }) {
    const isSmall = params.bytes.length + params.text.length <= small;
    return isSmall ? localCodec.read(params) : this.ask('read', params);
  }

  write(params: WrittenAnnotations) {
    return params.text.length <= small ? localCodec.write(params) : this.ask('write', params);
  }

  place(params: PlacedPassages) {
    const units = params.passages.reduce((sum, { text }) => sum + text.length, params.text.length);
    return units <= small ? localCodec.place(params) : this.ask('place', params);
  }

  private ask<M extends keyof AnnotationCodec>(
    method: M,
    params: Parameters<AnnotationCodec[M]>[0],
  ): ReturnType<AnnotationCodec[M]> {
    const id = ++this.last;
    clearTimeout(this.idle);
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.worker ??= this.start();
    this.worker.postMessage({ id, method, params } satisfies CodecRequest);
    return answer as ReturnType<AnnotationCodec[M]>;
  }

  private start(): Worker {
    const worker = new Worker(this.script);
    worker.on('message', ({ id, result, error }: CodecAnswer) => {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(error));
      if (this.waiting.size > 0) return;
      this.idle = setTimeout(() => this.end(), idleMilliseconds);
      this.idle.unref();
    });
    worker.on('error', (error) => this.end(error));
    return worker;
  }

  /** Work under way fails with the error; with none it is given up as if it had been cancelled. */
  private end(error: Error = AbortSignal.abort().reason as Error): void {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    void worker?.terminate();
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
