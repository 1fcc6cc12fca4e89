import { APIError } from 'openai/core/error';
import { phrase, type Phrase } from '../../core/messages/phrase';
import { messageOf } from '../errors';
import { EndpointError, type EndpointFailure } from './errors';
import { NoAnswer } from './readCompletion';
import { readRetryAfter } from './retries';
import { BrokenOff, NotConnected, TooLarge } from './transport';

/** A request with its whole answer took longer than it may. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';

  constructor(readonly seconds: number) {
    super();
  }
}

/** Some servers answer with a whole page. */
const MOST_SAID = 300;

/** What of the endpoint the message of a failure names. */
export interface FailurePlace {
  readonly host: string;
  readonly model: string;
  /** Taken out of whatever a server says. */
  readonly key: string | undefined;
}

/** The error for whatever a request threw, in words for the user and without the key. */
export function toEndpointError(error: unknown, place: FailurePlace): EndpointError {
  if (error instanceof EndpointError) return error;
  const fail = (
    kind: EndpointFailure,
    problem: Phrase,
    mend: Phrase,
    more: { status?: number; retryAfterMilliseconds?: number | undefined } = {},
  ): EndpointError => new EndpointError(kind, place.host, problem, mend, { cause: error, ...more });
  const said = mask(messageOf(error), place.key);

  if (error instanceof APIError && typeof error.status === 'number') {
    return ofStatus(error as APIError<number, Headers | undefined>, error.status, place, fail);
  }
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof NotConnected) {
      return fail(
        'busy',
        phrase`no connection came about in time`,
        phrase`See whether the server runs, or raise connectSeconds of the endpoint.`,
      );
    }
    if (cause instanceof TookTooLong) {
      return fail(
        'busy',
        phrase`the answer took longer than ${cause.seconds} s`,
        phrase`Raise totalSeconds of the endpoint, or limit the answer’s tokens.`,
      );
    }
    if (cause instanceof TooLarge) {
      return fail(
        'question',
        phrase`the answer was larger than any answer should be`,
        phrase`Limit the answer’s tokens, or see what the server does.`,
      );
    }
    if (cause instanceof NoAnswer) {
      return fail(
        'endpoint',
        phrase`what it sent is no chat completion: “${mask(cause.message, place.key)}”`,
        phrase`See whether the endpoint’s URL is right; it mostly ends with /v1.`,
      );
    }
    if (cause instanceof BrokenOff) {
      return fail(
        'busy',
        phrase`the answer broke off`,
        phrase`See the server’s log for the reason.`,
      );
    }
    const code = 'code' in cause ? String(cause.code) : '';
    const network = ofCode(code, fail);
    if (network !== undefined) return network;
  }
  if (error instanceof SyntaxError) {
    return fail(
      'busy',
      phrase`a piece of the answer could not be read (${said})`,
      phrase`See the server’s log for the reason.`,
    );
  }
  if (error instanceof APIError && error.error !== undefined) {
    return fail(
      'question',
      phrase`it answered with an error: ${said}`,
      phrase`See the server’s log for the reason.`,
    );
  }
  return fail(
    'busy',
    phrase`the request failed (${said})`,
    phrase`See whether the server runs and can be reached.`,
  );
}

type Fail = (
  kind: EndpointFailure,
  problem: Phrase,
  mend: Phrase,
  more?: { status?: number; retryAfterMilliseconds?: number | undefined },
) => EndpointError;

function ofStatus(
  error: APIError<number, Headers | undefined>,
  status: number,
  { key, model }: FailurePlace,
  fail: Fail,
): EndpointError {
  const said = mask(error.message, key);
  if (status === 401 || status === 403) {
    return fail(
      'endpoint',
      phrase`the key is missing or was refused (${status})`,
      phrase`Give the key of this endpoint anew.`,
      { status },
    );
  }
  if (status === 404) {
    return fail(
      'endpoint',
      phrase`the model “${model}” or the address is unknown there (${said})`,
      phrase`See whether the URL is right (it mostly ends with /v1), and the model’s name.`,
      { status },
    );
  }
  if (error.code === 'insufficient_quota') {
    return fail(
      'endpoint',
      phrase`the account has nothing left to spend (${said})`,
      phrase`See the account’s plan and its limits.`,
      { status },
    );
  }
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    const retryAfterMilliseconds =
      error.headers === undefined ? undefined : readRetryAfter(error.headers);
    return fail(
      'busy',
      phrase`it cannot answer at the moment (${said})`,
      phrase`Wait and try again, or lower the endpoint’s concurrency.`,
      { status, retryAfterMilliseconds },
    );
  }
  if (status === 400 || status === 413 || status === 422) {
    return fail(
      'question',
      phrase`it refused the question (${said})`,
      phrase`Shorten the text or the label list, or change the endpoint’s settings.`,
      { status },
    );
  }
  return fail(
    'endpoint',
    phrase`it answered in a way that is not known (${said})`,
    phrase`See whether the endpoint’s URL is right.`,
    { status },
  );
}

function ofCode(code: string, fail: Fail): EndpointError | undefined {
  if (/CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME|ERR_SSL|ERR_TLS/u.test(code)) {
    return fail(
      'endpoint',
      phrase`its certificate is not trusted (${code})`,
      phrase`Name the file of the certificate to trust in “certificates” of the endpoint.`,
    );
  }
  if (code === 'ENOTFOUND') {
    return fail(
      'endpoint',
      phrase`the host is not known`,
      phrase`See whether the endpoint’s URL is right.`,
    );
  }
  if (code === 'ECONNREFUSED') {
    return fail(
      'busy',
      phrase`nothing listens there (connection refused)`,
      phrase`Start the server, or see whether host and port are right.`,
    );
  }
  if (/^(?:ECONN|EPIPE|EHOST|ENET|ETIMEDOUT|EAI_AGAIN|UND_ERR)/u.test(code)) {
    return fail(
      'busy',
      phrase`the connection was lost (${code})`,
      phrase`See whether the server runs and can be reached.`,
    );
  }
  return undefined;
}

/** The text without the key, and not longer than a message may be. */
export function mask(text: string, key: string | undefined): string {
  const masked = key === undefined || key === '' ? text : text.replaceAll(key, '•••');
  return masked.length > MOST_SAID ? `${masked.slice(0, MOST_SAID)}…` : masked;
}
