import { JsonScanError, scanMembers, skipBlanks } from '../json/members';
import { phrase } from '../messages/phrase';
import type { TextRecord } from './units';

/** The members of the object that a file is, as records; what follows a broken one is one broken record. */
export function* cutMembers(text: string): Generator<TextRecord, void> {
  const members = scanMembers(text, skipBlanks(text, text.startsWith('\ufeff') ? 1 : 0));
  try {
    for (;;) {
      const next = members.next();
      if (next.done !== true) {
        yield { start: next.value.keyStart, end: next.value.end };
        continue;
      }
      const rest = skipBlanks(text, next.value);
      if (rest === text.length) return;
      throw new JsonScanError(phrase`There is more text after the closing brace`, rest);
    }
  } catch (error) {
    if (!(error instanceof JsonScanError)) throw error;
    yield { start: error.offset, end: text.length, broken: error.problem };
  }
}
