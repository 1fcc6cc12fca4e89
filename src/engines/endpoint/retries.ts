import { setTimeout as sleep } from 'node:timers/promises';
import { EndpointError } from './errors';

export interface RetryRules {
  /** Tries in all, the first counted. */
  readonly tries: number;
  /** Longest pause before the second try; doubles with each further one. */
  readonly firstMilliseconds?: number;
  /** Longest pause at all; a server that asks for a longer one is not asked again. */
  readonly mostMilliseconds?: number;
  /** In [0, 1). */
  readonly random?: () => number;
}

const FIRST = 500;
const MOST = 60_000;

/**
 * How long to wait before another try; undefined where none makes sense. What the server asks for
 * holds; else the pause doubles, and a random half of it keeps clients from coming back together.
 * @param attempt The try that failed, counted from 1.
 */
export function pauseAfter(
  error: unknown,
  attempt: number,
  { tries, firstMilliseconds = FIRST, mostMilliseconds = MOST, random = Math.random }: RetryRules,
): number | undefined {
  if (!(error instanceof EndpointError) || error.kind !== 'busy' || attempt >= tries) {
    return undefined;
  }
  const asked = error.retryAfterMilliseconds;
  if (asked !== undefined) {
    return asked > mostMilliseconds ? undefined : asked + firstMilliseconds * random() * 0.5;
  }
  const longest = Math.min(mostMilliseconds, firstMilliseconds * 2 ** (attempt - 1));
  return longest * (0.5 + 0.5 * random());
}

/** Resolves after the time. @throws the signal's reason when aborted before. */
export async function pauseFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Milliseconds that a `Retry-After` header (or `retry-after-ms`) asks for: seconds or an HTTP date;
 * undefined where it says nothing that can be read.
 */
export function readRetryAfter(headers: Headers, now = Date.now()): number | undefined {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
