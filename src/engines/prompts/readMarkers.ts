import type { Range } from '../../core/text/range';
import { phrase, type Phrase } from '../../core/messages/phrase';
import { alignAnswer } from '../cascade/alignAnswer';
import { cleanAnswer, saysNothing } from './cleanAnswer';
import type { ProtocolAnswer } from './promptProtocol';

export interface ReadMarkers {
  /** Marked places of the sentence (UTF-16 units, end exclusive), in text order. */
  readonly spans: readonly Range[];
  readonly problems: readonly Phrase[];
}

/**
 * Finds the places that an answer marks with `@@` before and `##` after. Marks without a partner are
 * left out; where a model used only one kind of mark for both ends, its neighbours tell them apart.
 * The rest of what may be wrong is the business of `alignAnswer`.
 */
export function readMarkers(sentence: string, { text, finish }: ProtocolAnswer): ReadMarkers {
  const said = cleanAnswer(text).replace(/^(?:output|sentence|answer)\s*[:：]\s*/iu, '');
  if (finish !== 'cut' && saysNothing(said)) return { spans: [], problems: [] };
  const { paired, lonely } = /@@|##/u.test(sentence)
    ? { paired: said, lonely: 0 }
    : withoutLonely(said);
  // Both kinds are two units long: as one kind, offsets stay and the alignment knows them.
  const { spans, problems } = alignAnswer(
    sentence.replaceAll('@@', '##'),
    paired.replaceAll('@@', '##'),
    finish === 'cut',
  );
  const missing = lonely === 0 ? [] : [phrase`Marks without a partner: ${lonely}.`];
  return { spans, problems: [...missing, ...problems] };
}

/** The answer without marks that open or close nothing; as it is where it has only one kind of mark. */
function withoutLonely(answer: string): { readonly paired: string; readonly lonely: number } {
  const marks = [...answer.matchAll(/@@|##/gu)].map(({ 0: mark, index }) => ({ mark, index }));
  const opens = marks.filter(({ mark }) => mark === '@@').length;
  if (opens === 0 || opens === marks.length) return { paired: answer, lonely: 0 };
  const lonely = new Set(marks.map(({ index }) => index));
  const open: number[] = [];
  for (const { mark, index } of marks) {
    if (mark === '@@') open.push(index);
    else {
      const start = open.pop();
      if (start === undefined) continue;
      lonely.delete(start);
      lonely.delete(index);
    }
  }
  let paired = '';
  let from = 0;
  for (const index of lonely) {
    paired += answer.slice(from, index);
    from = index + 2;
  }
  return { paired: paired + answer.slice(from), lonely: lonely.size };
}
