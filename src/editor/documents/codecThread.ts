import { Worker } from 'node:worker_threads';
import { Disposable } from '../disposable';
import {
  localCodec,
  type AnnotationCodec,
  type PlacedPassages,
  type WrittenAnnotations,
} from './annotationCodec';
import { takeTurns } from '../../engines/turns';

/** Units and bytes up to which the work is done at once: a few milliseconds of it. */
const small = 16 * 1024;
/** Units of a text, and items of a list, that cross to the thread or back at once. */
const partUnits = 256 * 1024;
export const partItems = 1000;
/** After this long without work the thread ends. */
const idleMilliseconds = 30_000;

/** A part of a long text or list of a request; parts come before the rest of it. */
export interface CodecPart {
  readonly id: number;
  readonly key: string;
  readonly part: string | readonly unknown[];
}

export interface CodecRequest {
  readonly id: number;
  readonly method: keyof AnnotationCodec;
  readonly params: object;
}

/** A part of the list `standing` of a result, or the rest of the result. */
export type CodecAnswer =
  | { readonly id: number; readonly standing: readonly unknown[] }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };

interface Waiting {
  readonly standing: unknown[];
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

  private async ask<M extends keyof AnnotationCodec>(
    method: M,
    params: Parameters<AnnotationCodec[M]>[0],
  ): Promise<Awaited<ReturnType<AnnotationCodec[M]>>> {
    const id = ++this.last;
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.start());
    const answer = new Promise((resolve, reject) => {
      this.waiting.set(id, { standing: [], resolve, reject });
    });
    // It may fail while the request is still being sent.
    answer.catch(() => undefined);
    const breath = takeTurns();
    const rest: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(params) as [string, unknown][]) {
      const isLong = typeof value === 'string' || Array.isArray(value);
      if (!isLong) rest[key] = value;
      for (const part of isLong ? partsOf(value) : []) {
        worker.postMessage({ id, key, part } satisfies CodecPart);
        await breath();
      }
    }
    worker.postMessage({ id, method, params: rest } satisfies CodecRequest);
    return (await answer) as Awaited<ReturnType<AnnotationCodec[M]>>;
  }

  private start(): Worker {
    const worker = new Worker(this.script);
    worker.on('message', (answer: CodecAnswer) => this.take(answer));
    worker.on('error', (error) => this.end(error));
    return worker;
  }

  private take(answer: CodecAnswer): void {
    const waiting = this.waiting.get(answer.id);
    if (waiting === undefined) return;
    if ('standing' in answer) {
      waiting.standing.push(...answer.standing);
      return;
    }
    this.waiting.delete(answer.id);
    if ('error' in answer) waiting.reject(new Error(answer.error));
    else {
      const { result } = answer;
      const isBytes = result instanceof Uint8Array;
      waiting.resolve(isBytes ? result : { ...(result as object), standing: waiting.standing });
    }
    if (this.waiting.size > 0) return;
    this.idle = setTimeout(() => this.end(), idleMilliseconds);
    this.idle.unref();
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

/** The parts of a text or list, at least one. */
function* partsOf(value: string | readonly unknown[]): Generator<string | readonly unknown[]> {
  const step = typeof value === 'string' ? partUnits : partItems;
  for (let at = 0; at === 0 || at < value.length; at += step) yield value.slice(at, at + step);
}
