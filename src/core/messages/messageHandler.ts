import { WordedError } from '../errors';
import { isPhrase } from './phrase';

/** One end of a wire that carries structured-clone or JSON values; both ends are of the same shape. */
export interface Port {
  post(message: unknown): void;
  /** Calls `listener` for every message until the returned object is disposed. */
  onMessage(listener: (message: unknown) => void): { dispose(): void };
}

/** Checks and returns a value that came over the wire; throws an error that names the bad field. */
export type Schema<T> = { parse(value: unknown): T };

/** One request of a contract: what it carries and what answers it, both checked on arrival. */
export interface RequestShape<Params, Result> {
  readonly params: Schema<Params>;
  readonly result: Schema<Result>;
}

export type ParamsOf<Shape> = Shape extends { readonly params: Schema<infer T> } ? T : never;
export type ResultOf<Shape> = Shape extends { readonly result: Schema<infer T> } ? T : never;

/** What one end does when the other asks. */
export type Answers<Asked> = {
  readonly [Name in keyof Asked]: (
    params: ParamsOf<Asked[Name]>,
  ) => ResultOf<Asked[Name]> | Promise<ResultOf<Asked[Name]>>;
};

/** A request that the other end could not answer; its message is the other end's. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** The same, where the other end said why in words for users. */
export class AnsweredError extends WordedError {
  override readonly name = 'AnsweredError';
}

type Wire =
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly name: string;
      readonly params: unknown;
    }
  | { readonly kind: 'reply'; readonly id: number; readonly result: unknown }
  | {
      readonly kind: 'failure';
      readonly id: number;
      readonly message: string;
      readonly wording?: unknown;
    };

interface Pending {
  readonly name: string;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Typed requests and replies over a port: this end answers the requests of `Asked` and makes those
 * of `Asks`. Everything that arrives is parsed by the contract's schemas before anyone sees it.
 */
export class MessageHandler<Asked extends object, Asks extends object> {
  private readonly pending = new Map<number, Pending>();
  private readonly listening: { dispose(): void };
  private nextId = 1;

  constructor(
    private readonly port: Port,
    private readonly asked: Asked,
    private readonly answers: Answers<Asked>,
    private readonly asks: Asks,
  ) {
    this.listening = port.onMessage((message) => void this.receive(message));
  }

  /**
   * The other end's answer.
   * @throws RequestError or AnsweredError when the other end failed, RequestError when this one was
   * disposed.
   */
  request<Name extends keyof Asks & string>(
    name: Name,
    params: ParamsOf<Asks[Name]>,
  ): Promise<ResultOf<Asks[Name]>> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { name, resolve, reject });
      this.port.post({ kind: 'request', id, name, params } satisfies Wire);
    });
  }

  dispose(): void {
    this.listening.dispose();
    for (const { name, reject } of this.pending.values()) {
      reject(new RequestError(`"${name}" was not answered before the other side was closed.`));
    }
    this.pending.clear();
  }

  private async receive(message: unknown): Promise<void> {
    const wire = readWire(message);
    if (wire === undefined) return;
    if (wire.kind === 'request') {
      this.port.post(await this.answer(wire.id, wire.name, wire.params));
      return;
    }
    const pending = this.pending.get(wire.id);
    if (pending === undefined) return;
    this.pending.delete(wire.id);
    if (wire.kind === 'failure') {
      const { message, wording } = wire;
      pending.reject(isPhrase(wording) ? new AnsweredError(wording) : new RequestError(message));
      return;
    }
    try {
      pending.resolve(shapeOf(this.asks, pending.name)?.result.parse(wire.result) as never);
    } catch (error) {
      pending.reject(new RequestError(`The answer to "${pending.name}": ${textOf(error)}`));
    }
  }

  private async answer(id: number, name: string, params: unknown): Promise<Wire> {
    const shape = shapeOf(this.asked, name);
    if (shape === undefined)
      return { kind: 'failure', id, message: `"${name}" is not known here.` };
    try {
      const answer = (this.answers as Record<string, (params: unknown) => unknown>)[name];
      return { kind: 'reply', id, result: await answer?.(shape.params.parse(params)) };
    } catch (error) {
      const worded = error instanceof WordedError ? { wording: error.wording } : {};
      return { kind: 'failure', id, message: `"${name}": ${textOf(error)}`, ...worded };
    }
  }
}

function shapeOf(contract: object, name: string): RequestShape<unknown, unknown> | undefined {
  return Object.hasOwn(contract, name)
    ? (contract as Record<string, RequestShape<unknown, unknown>>)[name]
    : undefined;
}

function readWire(message: unknown): Wire | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { kind, id, name } = message as Record<string, unknown>;
  if (typeof id !== 'number') return undefined;
  if (kind === 'request') return typeof name === 'string' ? (message as Wire) : undefined;
  return kind === 'reply' || kind === 'failure' ? (message as Wire) : undefined;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
