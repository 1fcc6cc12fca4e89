import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';

/** What a request sends, to be read as an input of `extract`. */
export interface RequestBody {
  /** `json` is one passage; the others are as many as there are lines. */
  readonly kind: 'json' | 'jsonl' | 'text';
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * The body of a request by its content type: one passage as `application/json`, text as `text/plain`,
 * lines of JSON as anything else.
 * @param mostBytes Of the whole body. @throws {Refusal} with 413 for more, at once where it is announced.
 */
export function bodyOf(request: IncomingMessage, mostBytes: number): RequestBody {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(mostBytes);
  const chunks = limited(request, mostBytes);
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  switch (type.trim().toLowerCase()) {
    case 'application/json':
      return { kind: 'json', chunks: onOneLine(chunks) };
    case 'text/plain':
      return { kind: 'text', chunks };
    default:
      return { kind: 'jsonl', chunks };
  }
}

/** JSON may be written over many lines; a line of JSON may not. */
async function* onOneLine(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)));
  } catch (error) {
    throw new Refusal(
      400,
      `The body is no JSON (${(error as Error).message}). Send {"text": "…"}, or lines of it as application/x-ndjson.`,
    );
  }
  yield Buffer.from(JSON.stringify(value));
}

async function* limited(request: IncomingMessage, mostBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  // The response goes on after the request was left in the middle.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    yield chunk as Uint8Array;
  }
}

function tooLarge(mostBytes: number): Refusal {
  const most = `${mostBytes / 1024 / 1024} MB`;
  return new Refusal(
    413,
    `The request is larger than ${most}. Send several, or start with a larger --most-megabytes.`,
    { connection: 'close' },
  );
}
