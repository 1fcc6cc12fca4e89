import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InputError } from '../../core/errors';
import type { WriteOptions } from '../../core/formats/format';
import type { Extraction } from '../extraction/openExtraction';
import { readItems } from '../extraction/items';
import { extractResults } from '../extraction/results';
import { writeLines } from '../extraction/writers';
import type { OutputStream } from '../environment';
import { formatNamed } from '../formats';
import { Messages } from '../io/messages';
import { StreamOutput } from '../io/output';
import { Progress } from '../progress';
import { Refusal } from './refusal';
import { bodyOf } from './requestBody';

export interface AnswerOptions extends WriteOptions {
  /** Largest body of a request. */
  readonly mostBytes: number;
  readonly language?: string;
  readonly stderr: OutputStream;
  readonly signal: AbortSignal;
}

/**
 * Answers one request with the lines that `extract` would write for its body, each as soon as it is ready
 * and no faster than the client reads.
 * @throws {Refusal} or {InputError} for a body that cannot be read, and what the engine throws.
 */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { engine, work }: Extraction,
  options: AnswerOptions,
): Promise<void> {
  const { mostBytes, language, stderr, signal, ...writing } = options;
  const { kind, chunks } = bodyOf(request, mostBytes);
  // What fails stands in the answer.
  const messages = new RequestMessages(stderr);
  const items = readItems([{ name: 'body', chunks }], {
    from: kind === 'text' ? 'text' : 'jsonl',
    offsets: writing.offsets ?? 'code-points',
    passages: 'line',
    ...(language === undefined ? {} : { language }),
    // The error of the only passage is the answer to the request.
    strict: kind === 'json',
    messages,
  });
  const results = extractResults(engine, items, {
    ...work,
    signal,
    messages: new RequestMessages(stderr),
    progress: new Progress(stderr, false),
    onBegin: () => undefined,
  });
  const type = kind === 'json' ? 'application/json' : 'application/x-ndjson';
  const output = new StreamOutput(response);
  const begin = (): void => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': type });
  };
  for await (const line of writeLines(formatNamed('jsonl'), writing, false)(results)) {
    begin();
    await output.write(line);
  }
  if (messages.unread !== undefined) throw messages.unread;
  if (kind === 'json' && !response.headersSent) throw new Refusal(400, emptyBody);
  begin();
  response.end();
}

const emptyBody = 'The body is empty. Send {"text": "…"}.';

/** Keeps why a body could not be read at all. What is doubtful is for standard error, as that of `extract` is. */
class RequestMessages extends Messages {
  unread: InputError | undefined;

  override fail(error: InputError): void {
    this.unread = error;
  }
}
