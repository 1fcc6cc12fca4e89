import { phrase } from '../messages/phrase';
import type { Draft } from './finding';

/** Letters of other scripts that look like Latin ones, and the other way round. */
const likeLatin = /[аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοΖν]/u;
const likeCyrillic = /[aeopcyxijsABEKMHOPCTYXIJS]/u;
const wordPattern = /[\p{L}\p{M}]+/gu;

/** Words that mix Latin with letters of another script that look like Latin ones. */
export function* checkScripts(text: string): Generator<Draft> {
  if (!/\p{Script=Latin}/u.test(text) || !/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(text))
    return;
  for (const { 0: word, index } of text.matchAll(wordPattern)) {
    const latin = word.match(/\p{Script=Latin}/gu) ?? [];
    const others = word.match(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu) ?? [];
    if (latin.length === 0 || others.length === 0) continue;
    const strangers = others.length <= latin.length ? others : latin;
    const looksAlike = strangers === others ? likeLatin : likeCyrillic;
    const stranger = strangers.find((letter) => looksAlike.test(letter));
    if (stranger === undefined) continue;
    yield {
      rule: 'mixed-scripts',
      span: { start: index, end: index + word.length },
      message: phrase`The word “${word}” has “${stranger}” (${codeOf(stranger)}) of another script`,
      mend: phrase`Write the word in one script: it is not found by its usual letters.`,
    };
  }
}

/** Zero-width and soft characters, directions, tags and controls; joiners only between Latin letters. */
const invisible =
  // eslint-disable-next-line no-control-regex -- the characters themselves are looked for
  /[\0-\x08\x0b\x0e-\x1f\x7f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|(?<=\p{Script=Latin})[\u200c\u200d](?=\p{Script=Latin})/gu;

/** The invisible characters of a text, told once with their number. */
export function* checkInvisible(text: string): Generator<Draft> {
  const found = [...text.matchAll(invisible)];
  const [first] = found;
  if (first === undefined) return;
  const { 0: character, index } = first;
  yield {
    rule: 'invisible-character',
    span: { start: index, end: index + character.length },
    message:
      found.length === 1
        ? phrase`The invisible character ${codeOf(character)} stands in the text`
        : phrase`${found.length} invisible characters stand in the text, the first is ${codeOf(character)}`,
    mend: phrase`Remove it, unless the script needs it.`,
  };
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
