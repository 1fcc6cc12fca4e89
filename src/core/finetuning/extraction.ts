import type { Range } from '../text/range';
import { conversationOf, type Conversation } from './conversation';
import { markSpans } from './markSpans';

/** What an extractor learns: the places of a sentence that are entities. */
export interface ExtractionExample {
  readonly sentence: string;
  /** UTF-16 units of the sentence, end exclusive, in text order, none over another. */
  readonly spans: readonly Range[];
}

/**
 * The example as a conversation: the sentence, then the sentence with `##` around every entity.
 * Undefined where it would not be read back as it is: number signs of the sentence touch a mark.
 */
export function writeExtraction({ sentence, spans }: ExtractionExample): Conversation | undefined {
  const marked = markSpans(sentence, spans);
  const back = readMarked(sentence, marked);
  const isSame =
    back?.length === spans.length &&
    back.every(({ start, end }, index) => {
      return start === spans[index]?.start && end === spans[index].end;
    });
  return isSame ? conversationOf(sentence, marked) : undefined;
}

/** The inverse; undefined for a conversation that is no extraction. */
export function readExtraction({ conversations }: Conversation): ExtractionExample | undefined {
  const [{ value: sentence }, { value: marked }] = conversations;
  const spans = readMarked(sentence, marked);
  return spans === undefined ? undefined : { sentence, spans };
}

/** The marked places of a sentence; undefined where marks and text cannot be told apart. */
function readMarked(sentence: string, marked: string): Range[] | undefined {
  const marks: number[] = [];
  let at = 0;
  let place = 0;
  for (;;) {
    const own = signsAt(sentence, at);
    const said = signsAt(marked, place);
    const more = said - own;
    if (more < 0 || more % 2 !== 0 || (own > 0 && more > 0)) return undefined;
    for (let mark = 0; mark < more / 2; mark++) marks.push(at);
    at += own;
    place += said;
    if (at >= sentence.length && place >= marked.length) break;
    if (sentence[at++] !== marked[place++]) return undefined;
  }
  if (marks.length % 2 !== 0) return undefined;
  const spans: Range[] = [];
  for (let mark = 0; mark < marks.length; mark += 2) {
    const span = { start: marks[mark] ?? 0, end: marks[mark + 1] ?? 0 };
    if (span.start >= span.end) return undefined;
    spans.push(span);
  }
  return spans;
}

function signsAt(text: string, at: number): number {
  let end = at;
  while (text[end] === '#') end++;
  return end - at;
}
