import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finished } from 'node:stream/promises';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { messageOf } from '../../engines/errors';
import { OutputClosed } from '../exit';
import type { Extraction } from '../extraction/openExtraction';
import { admitBearer, admitLocal } from './admit';
import { answer, type AnswerOptions } from './answer';
import { Refusal } from './refusal';

export interface ServerOptions extends Omit<AnswerOptions, 'signal'> {
  /** 0 for any free one. */
  readonly port: number;
  /** What clients have to know; nothing when undefined. */
  readonly token: string | undefined;
  /** Requests that are answered at once; more are told to come again. */
  readonly mostAtOnce: number;
  readonly version: string;
}

const address = '127.0.0.1';

/** `extract` over HTTP, for programs of this machine: POST /extract and GET /health. */
export class ExtractionServer {
  private readonly server: Server;
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly extraction: Extraction,
    private readonly options: ServerOptions,
  ) {
    this.server = createServer((request, response) => this.take(request, response));
    // A client may send lines as they come to be, for as long as it likes.
    this.server.requestTimeout = 0;
  }

  /** Requests that are being answered. */
  get busy(): number {
    return this.underWay.size;
  }

  /**
   * Begins to listen.
   * @returns its URL. @throws {InputError} where the port cannot be had.
   */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error) => reject(noPort(this.options.port, error)));
      this.server.listen(this.options.port, address, resolve);
    });
    return `http://${address}:${(this.server.address() as AddressInfo).port}`;
  }

  /** Takes no more requests, and lets those under way end for so long; then they are broken off. */
  async close(milliseconds: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([Promise.all(this.underWay), timeUp]);
    clearTimeout(timer);
    this.server.closeAllConnections();
    await closed;
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const done = this.respond(request, response)
      .catch((error: unknown) => refuse(response, error))
      .then(() => written(response))
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    admitLocal(request);
    const { token, mostAtOnce } = this.options;
    switch (request.url?.split('?')[0]) {
      case '/health':
        allow(request, 'GET');
        sendJson(response, 200, this.health());
        return;
      case '/extract':
        allow(request, 'POST');
        admitBearer(request, token);
        if (this.busy >= mostAtOnce) throw new Refusal(503, tooMany, { 'retry-after': '1' });
        await this.extract(request, response);
        return;
      default:
        throw new Refusal(404, 'There is POST /extract and GET /health.');
    }
  }

  private async extract(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort(new OutputClosed()));
    await answer(request, response, this.extraction, { ...this.options, signal: gone.signal });
  }

  private health() {
    const { name, model } = this.extraction.engine;
    return { status: 'ok', engine: name, model, version: this.options.version };
  }
}

/** Resolves when the answer has left this process, or its reader has gone. */
async function written(response: ServerResponse): Promise<void> {
  await finished(response).catch(() => undefined);
}

const tooMany = 'There are too many requests at once. Try again in a second.';

/** @throws {Refusal} with 405 for another method. */
function allow({ method = '' }: IncomingMessage, allowed: string): void {
  if (method === allowed) return;
  throw new Refusal(405, `Use ${allowed}, not ${method}.`, { allow: allowed });
}

/** Says in JSON what went wrong; where the answer has begun, in the place of its next line. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.destroyed || error instanceof OutputClosed) return;
  const said = { error: messageOf(error) };
  if (response.headersSent) {
    response.end(`${JSON.stringify(said)}\n`);
    return;
  }
  const { status, headers } =
    error instanceof Refusal
      ? error
      : { status: error instanceof InputError ? 400 : 500, headers: {} };
  sendJson(response, status, said, headers);
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(`${JSON.stringify(body)}\n`);
}

function noPort(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const problem =
    error.code === 'EADDRINUSE'
      ? phrase`Port ${port} is in use`
      : phrase`Port ${port} is reserved by the system`;
  return new InputError(problem, phrase`Name another with --port, or 0 for any free one.`);
}
