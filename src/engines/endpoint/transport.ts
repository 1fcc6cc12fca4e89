// Not `node:http`: VS Code puts its proxy and certificates into modules of these two names only.
import http from 'http';
import https from 'https';

/**
 * `fetch` over `http` and `https`. Node's own `fetch` cannot be told how long a connection may take,
 * nor whom to trust; and VS Code puts its proxy and certificates into these two modules.
 */

export interface TransportOptions {
  /** For connections; Node's (or VS Code's) own when absent. */
  readonly agent?: http.Agent | undefined;
  /** Certificates (PEM) to trust, in place of the usual ones; an agent brings its own. */
  readonly trusted?: readonly string[] | undefined;
  /** Time until a connection stands, with TLS where there is any. */
  readonly connectMilliseconds: number;
  /** Largest body of a response. */
  readonly mostBytes: number;
}

// These are caught in this folder and become an `EndpointError`; nobody reads their own words.

/** A connection did not stand in time. (The client library throws away errors whose words have “timeout”.) */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** A response is larger than any answer may be. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** A response ended before it was whole. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

/** The client copies what is left of a piece for every event in it, so pieces are small. */
const PIECE = 2048;

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The function that sends requests; its promise rejects as that of `fetch` does. */
export function nodeFetch(options: TransportOptions): Fetch {
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const { request } = url.protocol === 'https:' ? https : http;
      const sent = request(url, {
        method: init.method ?? 'GET',
        headers: { ...headersOf(init.headers), 'accept-encoding': 'identity' },
        ...(options.agent === undefined ? {} : { agent: options.agent }),
        ...(options.trusted === undefined ? {} : { ca: [...options.trusted] }),
        ...(init.signal === null || init.signal === undefined ? {} : { signal: init.signal }),
      });
      limitConnecting(sent, url, options.connectMilliseconds);
      sent.on('error', reject);
      sent.on('response', (response) => {
        resolve(
          new Response(bodyOf(response, options.mostBytes), {
            status: response.statusCode ?? 0,
            statusText: response.statusMessage ?? '',
            headers: headersFrom(response),
          }),
        );
      });
      if (typeof init.body === 'string') sent.write(init.body);
      sent.end();
    });
}

function limitConnecting(sent: http.ClientRequest, url: URL, milliseconds: number): void {
  const timer = setTimeout(() => {
    sent.destroy(new NotConnected(`No connection after ${milliseconds / 1000} s.`));
  }, milliseconds);
  const stop = (): void => clearTimeout(timer);
  sent.on('close', stop);
  sent.on('socket', (socket) => {
    // A socket that is used again stands already.
    if (!socket.connecting) stop();
    else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', stop);
  });
}

/** The body as it comes; what the reader does not take in time stays with the sender. */
function bodyOf(response: http.IncomingMessage, mostBytes: number): ReadableStream<Uint8Array> {
  let bytes = 0;
  let ended = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const fail = (error: Error): void => {
        ended = true;
        controller.error(error);
      };
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (ended) return;
        if (bytes > mostBytes) {
          fail(new TooLarge(`The answer is larger than ${mostBytes} bytes.`));
          response.destroy();
          return;
        }
        for (let at = 0; at < chunk.length; at += PIECE) {
          controller.enqueue(chunk.subarray(at, at + PIECE));
        }
        if ((controller.desiredSize ?? 0) <= 0) response.pause();
      });
      response.on('end', () => {
        if (ended) return;
        ended = true;
        controller.close();
      });
      response.on('error', (error) => {
        if (!ended) fail(error);
      });
      response.on('close', () => {
        if (!ended) fail(new BrokenOff('The connection was closed.'));
      });
    },
    pull() {
      response.resume();
    },
    cancel() {
      ended = true;
      response.destroy();
    },
  });
}

function headersOf(headers: RequestInit['headers']): Record<string, string> {
  return Object.fromEntries(new Headers(headers));
}

function headersFrom({ headers }: http.IncomingMessage): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) all.append(name, one);
    }
  }
  return all;
}
