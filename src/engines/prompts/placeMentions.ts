import { Occurrences } from '../../core/formats/occurrences';
import { phrase, type Phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';
import { headOf } from './cleanAnswer';
import type { OccurrenceRule, PlacedMention, ReadMention } from './promptProtocol';

export interface PlacedMentions {
  /** In the order of the answer, none twice. */
  readonly mentions: readonly PlacedMention[];
  /** Mentions that the text does not have, each a sentence for the user. */
  readonly problems: readonly Phrase[];
}

/**
 * Finds where the mentions of one answer stand in the sentence (UTF-16 units, end exclusive). Places
 * between word boundaries go before others, the same words before words that differ in case, blanks or
 * the shape of quotes and dashes, these before words without the quotes, full stops or article that a
 * model put around them. A place is free while no mention took any of it; a mention without a free place may
 * share one with another label. Of one label no place is taken twice.
 */
export function placeMentions(
  sentence: string,
  mentions: readonly ReadMention[],
  rule: OccurrenceRule,
): PlacedMentions {
  const places = new Places(sentence);
  const placed: PlacedMention[] = [];
  const problems: Phrase[] = [];
  let after = 0;
  for (const mention of mentions) {
    const candidates = mention.span === undefined ? places.of(mention.mention) : [mention.span];
    if (candidates.length === 0) {
      problems.push(
        phrase`The answer names “${headOf(mention.mention)}”, which the text does not have.`,
      );
      continue;
    }
    const open = candidates.filter((span) => !placed.some((other) => isSame(other, mention, span)));
    const likely = nearestWords(sentence, open, mention.before);
    const chosen =
      rule === 'all' && mention.before === undefined ? open : pick(likely, placed, rule, after);
    for (const span of chosen) {
      placed.push({ ...mention, span });
      after = span.end;
    }
  }
  return { mentions: placed, problems };
}

/** Tells whether a sentence has words, by the same rules. */
export function placesOf(sentence: string): (words: string) => boolean {
  const places = new Places(sentence);
  return (words) => places.of(words).length > 0;
}

function isSame(other: PlacedMention, { label }: ReadMention, { start, end }: Range): boolean {
  return other.label === label && other.span.start === start && other.span.end === end;
}

/** One of the places, or none where there is none. */
function pick(
  places: readonly Range[],
  placed: readonly PlacedMention[],
  rule: OccurrenceRule,
  after: number,
): readonly Range[] {
  const free = places.filter(({ start, end }) =>
    placed.every(({ span }) => span.end <= start || end <= span.start),
  );
  const from = rule === 'next' ? after : 0;
  const best = [free, places].flatMap((those) => [
    those.find(({ start }) => start >= from) ?? those[0],
  ]);
  return best.filter((place) => place !== undefined).slice(0, 1);
}

/** The places before which most of the words stand that are said to; all of them where none do. */
function nearestWords(
  sentence: string,
  places: readonly Range[],
  before: string | undefined,
): readonly Range[] {
  const said = wordsOf(before ?? '');
  if (said.length === 0 || places.length < 2) return places;
  const shared = places.map(({ start }) => {
    const words = wordsOf(sentence.slice(0, start));
    let count = 0;
    while (count < said.length && said.at(-1 - count) === words.at(-1 - count)) count++;
    return count;
  });
  const most = Math.max(...shared);
  return places.filter((_, index) => shared[index] === most);
}

/** Words in lower case; scripts without blanks by the character. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .match(
        /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]|[\p{L}\p{N}\p{M}]+/gu,
      ) ?? []
  );
}

/** Where words stand in one sentence, in the order of preference. */
class Places {
  private readonly exact: Occurrences;
  private readonly plain: Occurrences;

  constructor(sentence: string) {
    this.exact = new Occurrences(sentence);
    this.plain = new Occurrences(plainSigns(sentence));
  }

  of(mention: string): readonly Range[] {
    for (const words of [mention, withoutOuterSigns(mention), withoutArticle(mention)]) {
      const plain = plainSigns(words);
      const kinds = [this.exact.exact(words), this.plain.exact(plain), this.plain.fuzzy(plain)];
      const isBounded = (place: Range): boolean => this.exact.isBounded(place);
      const found =
        kinds.map((places) => places.filter(isBounded)).find((places) => places.length > 0) ??
        kinds.find((places) => places.length > 0);
      if (found !== undefined) return found;
    }
    return [];
  }
}

const alike: readonly (readonly [signs: RegExp, as: string])[] = [
  [/["“”„‟«»″＂「」『』]/gu, '"'],
  [/['‘’‚‛‹›′`´＇]/gu, "'"],
  [/[-‐‑‒–—―−]/gu, '-'],
];

/** The text with one shape for all quotes and dashes, as long as it was. */
function plainSigns(text: string): string {
  return alike.reduce((plain, [signs, as]) => plain.replace(signs, as), text);
}

function withoutOuterSigns(mention: string): string {
  return mention.replace(/^[^\p{L}\p{N}\p{M}\p{Sc}#@]+|[^\p{L}\p{N}\p{M}+#%)]+$/gu, '');
}

function withoutArticle(mention: string): string {
  return withoutOuterSigns(mention).replace(/^(?:the|an?)\s+/iu, '');
}
