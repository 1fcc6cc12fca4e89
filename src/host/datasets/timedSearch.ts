import { createContext, Script, type Context } from 'node:vm';
import { findText, type FindText } from '../../core/dataset/queryMatch';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';

/** Milliseconds that an expression may take for one text. */
const LIMIT = 250;

const script = new Script(
  'pattern.lastIndex = from; (found = pattern.exec(text)) && [found.index, found[0].length]',
);

/**
 * Searches with a limit on the time of each text: some regular expressions would take years.
 * @throws InputError when an expression takes longer.
 */
export function timedSearch(limit = LIMIT): FindText {
  let context: (Context & { pattern?: RegExp; text?: string; from?: number }) | undefined;
  return (pattern, text, from) => {
    // Without quantifiers an expression cannot take long, and a context costs some microseconds.
    if (!/[*+?{]/u.test(pattern.source)) return findText(pattern, text, from);
    context ??= createContext({ pattern, text, from, found: null }) as typeof context & object;
    Object.assign(context, { pattern, text });
    try {
      for (let at = from; at <= text.length; at++) {
        context.from = at;
        const found = script.runInContext(context, { timeout: limit }) as [number, number] | null;
        if (found === null) return undefined;
        const [start, length] = found;
        if (length > 0) return { start, end: start + length };
        at = start;
      }
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new InputError(
        phrase`The regular expression takes too long`,
        phrase`Avoid repeats within repeats, as in (a+)+.`,
      );
    }
  };
}
