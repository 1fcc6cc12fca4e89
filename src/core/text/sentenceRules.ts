import { abbreviationKind, takesLetter, type AbbreviationKind } from './abbreviations';
import { CharacterClass, classOf, codePointAt, isSpace } from './characters';
import { nextToken, tokenBefore, type NextToken } from './sentenceContext';
import {
  leadsToOrdinal,
  startsSentence,
  startsSentenceAfterInitial,
  takesOrdinal,
} from './sentenceStarters';

/** A mark that may end a sentence, with its surroundings; all offsets UTF-16. */
export interface Stop {
  readonly text: string;
  readonly sentenceStart: number;
  /** The marks themselves, then the quotation marks and brackets after them. */
  readonly start: number;
  readonly stopEnd: number;
  readonly end: number;
  readonly hasQuote: boolean;
  readonly hasTag: boolean;
  /** End of the stretch: nothing beyond it is looked at. */
  readonly limit: number;
  readonly kind: 'period' | 'ellipsis' | 'exclamation' | 'strong';
  readonly lang: string | undefined;
}

// Particles and copulas after a quotation, but not words that begin with the same syllable.
const kanaThatContinues =
  /^(?:と(?!ころ|ても|にかく|りあえず)|って|は(?!い|じめ|っき)|が(?!ん)|を|に(?!ほん)|の(?!ち)|も(?!し|ちろん|う)|です|、|，)/u;
const chineseSpeech = /^[\p{Script=Han}]{0,6}?[说道问喊叫答說問](?:[。，,：:！？]|$)/u;
const attribution =
  /^(?:\p{Lu}[\p{L}.'’-]*\s+){1,3}(?:said|says|asked|asks|replied|added|told|wrote|writes|cried|shouted|answered|noted|explained|exclaimed|whispered|continued|insisted|demanded|wondered)\b/u;
const exclamatoryNames = new Set(['Yahoo', 'Jeopardy', 'Joomla', 'Yum', 'Oklahoma', 'Wham']);
const romanNumeral = /^[IVXLCDM]{2,7}$/;
const plainWord = /^\p{Ll}*[aeiouyäöüáéíóúàèùâêîôûëïаеёиоуыэюя]\p{Ll}*$/u;
const ATTRIBUTION_UNITS = 80;

/** Whether the sentence ends after the stop and its closers; something follows it in any case. */
export function endsSentence(stop: Stop): boolean {
  if (stop.kind === 'strong') return endsStrong(stop);
  const next = nextToken(stop.text, stop.end, stop.limit);
  if (!next.isSeparate && !stop.hasTag) return endsWithoutSpace(stop);
  if (next.kind === 'none' || next.kind === 'closing') return false;
  if (stop.kind === 'exclamation') return endsExclamation(stop, next);
  if (stop.kind === 'ellipsis') return endsEllipsis(stop, next);
  return endsPeriod(stop, next);
}

function endsStrong({ text, end, limit, hasQuote }: Stop): boolean {
  const following = text.slice(end, Math.min(limit, end + 12));
  if (/^[，、；：,;:)\]）」』]/u.test(following)) return false;
  return !(hasQuote && (kanaThatContinues.test(following) || chineseSpeech.test(following)));
}

/** Without a space only text in scripts without spaces begins anew: "他来了.我走了". */
function endsWithoutSpace({ text, start, end, kind }: Stop): boolean {
  if (kind === 'ellipsis') return false;
  const isUnspaced = (at: number): boolean =>
    classOf(codePointAt(text, at)) === CharacterClass.unspaced;
  return isUnspaced(end) && (kind === 'exclamation' || (start > 0 && isUnspaced(start - 1)));
}

function endsExclamation(stop: Stop, next: NextToken): boolean {
  if (next.kind === 'lower') return false;
  const { text, start, stopEnd, end, limit } = stop;
  if (text[start - 1] === '(' && text[stopEnd] === ')') return false;
  if (stop.hasQuote && isAttribution(text, next.start, limit)) return false;
  const before = tokenBefore(text, start, stop.sentenceStart).word;
  return !(exclamatoryNames.has(before) && end === stopEnd && !startsSentence(next.word));
}

function endsEllipsis(stop: Stop, next: NextToken): boolean {
  const { text, start, stopEnd, sentenceStart } = stop;
  const before = text[start - 1];
  if ((before === '[' || before === '(') && /[\])]/.test(text[stopEnd] ?? '')) return false;
  if (next.kind === 'lower' || next.kind === 'digit') return false;
  const isAtStart = !/[\p{L}\p{N}]/u.test(text.slice(Math.max(sentenceStart, start - 8), start));
  const isList = /,\s?$/.test(text.slice(Math.max(0, start - 2), start));
  return !isAtStart && !isList;
}

function endsPeriod(stop: Stop, next: NextToken): boolean {
  const { text, start, sentenceStart } = stop;
  if (start > sentenceStart && isSpace(text.charCodeAt(start - 1))) return next.kind !== 'lower';
  const before = tokenBefore(text, start, sentenceStart);
  const { word } = before;
  // Something closed between the abbreviation and the next word: "(Acme Inc.) Then".
  const isClosed = stop.end > stop.stopEnd;
  if (word === '') return next.kind !== 'lower';
  if (before.isFirst && isEnumerator(word)) return false;
  if (/^\d+$/.test(word)) return !continuesAfterNumber(stop, before.previous, word, next);
  const kind = kindInContext(stop, word, before.previous, next);
  if (kind !== undefined) {
    switch (kind) {
      case 'inside':
        return isClosed && next.kind === 'upper';
      case 'beforeNumber':
        if (next.kind === 'digit' || romanNumeral.test(next.word)) return false;
        break;
      case 'afterNumber':
        return /[\dIVX]$/.test(before.previous) ? next.kind === 'upper' : false;
      case 'afterList':
        return next.kind === 'uncased' || next.kind === 'upper';
      case 'mayEnd':
        return next.kind === 'uncased' || startsSentence(next.word);
    }
  }
  if (/^\p{L}\p{M}*$/u.test(word)) return endsAfterLetter(word, before.previous, next);
  if (romanNumeral.test(word) && (stop.lang === 'de' || takesOrdinal(next.word))) {
    return startsSentence(next.word) && !takesOrdinal(next.word);
  }
  if (next.kind === 'lower') return isInformalStart(stop, word);
  return true;
}

function kindInContext(
  { text, start }: Stop,
  word: string,
  previous: string,
  next: NextToken,
): AbbreviationKind | undefined {
  // Abbreviations of several words: "т. д.", "z. B.", "EE. UU.", "av. J.-C.".
  const whole = previous.endsWith('.') ? abbreviationKind(previous + word) : undefined;
  if (whole !== undefined) return whole;
  if (word === 'C' && text.startsWith('J.-', start - 4)) return 'mayEnd';
  // German streets: "Goethestr. 5".
  if (next.kind === 'digit' && word.endsWith('str')) return 'inside';
  return abbreviationKind(word);
}

function endsAfterLetter(letter: string, previous: string, next: NextToken): boolean {
  const kind = classOf(codePointAt(letter, 0));
  if (kind === CharacterClass.unspaced) return next.kind !== 'lower';
  if (next.kind === 'lower') return false;
  if (kind === CharacterClass.upper) {
    return takesLetter(previous) || startsSentenceAfterInitial(next.word);
  }
  // A syllable of Hangul is a word; a small letter is an abbreviation or a variable.
  return kind === CharacterClass.lower ? startsSentence(next.word) : true;
}

function continuesAfterNumber(
  stop: Stop,
  previous: string,
  number: string,
  next: NextToken,
): boolean {
  if (next.kind === 'lower') return true;
  // Dates: "2023. 5. 10. 서울", "am 3. 10. 2023".
  const isInDate = number.length <= 4 && /^\d+\.$/.test(previous);
  if (next.kind === 'digit') return isInDate || (number.length <= 4 && next.follows === '.');
  if (isInDate && next.kind === 'uncased') return true;
  if (number.length > 2 && !takesOrdinal(next.word)) return false;
  if (takesOrdinal(next.word)) return true;
  if (startsSentence(next.word)) return false;
  return stop.lang === 'de' || leadsToOrdinal(previous);
}

/** "1." and "IV." at the head of a list item or heading. */
function isEnumerator(word: string): boolean {
  return /^(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[IVXLC]{1,6}|[ivxlc]{1,6})$/.test(word);
}

/** Whether a small letter begins a sentence: only after plain words in text that is written so. */
function isInformalStart(stop: Stop, word: string): boolean {
  const first = classOf(codePointAt(stop.text, stop.sentenceStart));
  const leastLetters = first === CharacterClass.lower ? 3 : 5;
  return stop.end === stop.stopEnd && word.length >= leastLetters && plainWord.test(word);
}

function isAttribution(text: string, start: number, limit: number): boolean {
  return attribution.test(text.slice(start, Math.min(limit, start + ATTRIBUTION_UNITS)));
}
