import { splitKoreanParticle } from '../../core/text/koreanParticles';
import type { Range } from '../../core/text/range';
import { splitWords } from '../../core/text/words';

/**
 * The words of a text, UTF-16 offsets, end exclusive. `trained`: Python's `\w+(?:[-_]\w+)*|\S`, which
 * makes one word of a whole Chinese clause. `core`: the same for scripts with spaces, while Chinese,
 * Japanese and Thai are split by dictionary, and a Korean particle is a word of its own.
 */
export function splitModelWords(text: string, rule: 'core' | 'trained'): Range[] {
  if (rule === 'trained') {
    return Array.from(text.matchAll(TRAINED), ({ index, 0: word }) => ({
      start: index,
      end: index + word.length,
    }));
  }
  return splitWords(text).flatMap(({ start, end }) => {
    const particle = splitKoreanParticle(text.slice(start, end));
    return particle === undefined
      ? [{ start, end }]
      : [
          { start, end: start + particle },
          { start: start + particle, end },
        ];
  });
}

// Python's \w is letters, numbers and the underscore; its \s has four controls more than JavaScript's,
// and U+FEFF less.
const TRAINED =
  // eslint-disable-next-line no-control-regex
  /[\p{L}\p{N}_]+(?:[-_][\p{L}\p{N}_]+)*|\ufeff|[^\s\u001c-\u001f\u0085]/gu;
