import { createContext, Script, type Context } from 'node:vm';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';

const script = new Script(
  'pattern.lastIndex = from; (found = pattern.exec(text)) && [found.index, found[0].length]',
);
let context: Context | undefined;

/** Milliseconds that an expression may take for one text. */
export const regexLimit = 250;

/**
 * The next match of an expression (flag `g`) that is not empty, at or after an offset. Some expressions
 * would take years for some texts: they are stopped.
 * @throws InputError when it takes longer than the limit.
 */
export function findWithin(
  pattern: RegExp,
  text: string,
  from: number,
  limit = regexLimit,
): Range | undefined {
  // Without repeats an expression cannot take long, and looking without a limit is faster.
  const isSimple = !/[*+?{]/u.test(pattern.source);
  for (let at = from; at <= text.length; at++) {
    const found = isSimple ? findAt(pattern, text, at) : findInTime(pattern, text, at, limit);
    if (found === undefined) return undefined;
    if (found.end > found.start) return found;
    at = found.start;
  }
  return undefined;
}

function findAt(pattern: RegExp, text: string, at: number): Range | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].length };
}

function findInTime(pattern: RegExp, text: string, at: number, limit: number): Range | undefined {
  context ??= createContext({ found: null });
  Object.assign(context, { pattern, text, from: at });
  try {
    const found = script.runInContext(context, { timeout: limit }) as [number, number] | null;
    return found === null ? undefined : { start: found[0], end: found[0] + found[1] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new InputError(
      phrase`The regular expression ${pattern.source} takes too long`,
      phrase`Avoid repeats within repeats, as in (a+)+.`,
    );
  }
}
