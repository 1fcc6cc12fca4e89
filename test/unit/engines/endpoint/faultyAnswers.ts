import { type EndpointError } from '../../../../src/engines/endpoint/errors';
import { type EndpointProfileSetting } from '../../../../src/engines/endpoint/profile';
import { answer, eventsOf, type ChatHandler } from '../../../servers/chatServer';

export const text = 'The river runs through ##Basel##.';

/** Fails until the given request, then answers. */
export function until(number: number, fault: ChatHandler): ChatHandler {
  return (request, response, now) =>
    now < number ? fault(request, response, now) : answer(request, response, text);
}

export function status(
  code: number,
  headers: Record<string, string> = {},
  body?: string,
): ChatHandler {
  return (_, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(body ?? JSON.stringify({ error: { message: `status ${code}` } }));
  };
}

/** A body as it is, in the pieces given. */
export function body(type: string, ...pieces: readonly (string | Buffer)[]): ChatHandler {
  return async (_, response) => {
    response.writeHead(200, { 'content-type': type });
    for (const piece of pieces) {
      response.write(piece);
      await new Promise(setImmediate);
    }
    response.end();
  };
}

export const sse = 'text/event-stream';
export const json = 'application/json';
export const events = eventsOf('Ging ##Müller## nach ##Köln##?').join('');
export const eventBytes = Buffer.from(eventsOf('😀 ##Zoë## 北京').join(''));
export const cut =
  (handler: ChatHandler): ChatHandler =>
  async (request, response, number) => {
    await handler(request, Object.assign(response, { end: () => response.destroy() }), number);
  };

export interface Case {
  readonly name: string;
  readonly handler: ChatHandler;
  readonly setting?: Partial<EndpointProfileSetting>;
  readonly expected:
    { readonly text: string } | { readonly kind: EndpointError['kind']; readonly message: RegExp };
  /** Requests that the server gets. */
  readonly requests: number;
}
