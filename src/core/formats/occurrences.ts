import type { Range } from '../text/range';

const wordCharacter = /[\p{L}\p{N}\p{M}_]/u;
/** Scripts that do not put blanks between words, or join particles to them. */
const unspacedScript =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

/** Finds where words stand in one text. All ranges are UTF-16 units, end exclusive, in text order. */
export class Occurrences {
  private folded: { readonly text: string; readonly places: readonly number[] } | undefined;
  private readonly known = new Map<string, readonly Range[]>();

  constructor(private readonly text: string) {}

  /** Every place of exactly these words, overlapping ones too; none for an empty mention. */
  exact(mention: string): readonly Range[] {
    let found = this.known.get(mention);
    if (found === undefined) {
      found = findAll(this.text, mention).map((start) => ({ start, end: start + mention.length }));
      this.known.set(mention, found);
    }
    return found;
  }

  /** Every place of these words without regard to case and blanks. */
  fuzzy(mention: string): readonly Range[] {
    this.folded ??= fold(this.text);
    const { text, places } = this.folded;
    const wanted = fold(mention).text;
    const found = findAll(text, wanted).map((at) => ({
      start: places[at] ?? 0,
      end: this.endOf(places[at + wanted.length - 1] ?? 0),
    }));
    // Where one character folds to several, a place may begin or end in the middle of it.
    return found.filter(({ start, end }) => fold(this.text.slice(start, end)).text === wanted);
  }

  /** Whether neither end lies inside a word; scripts without blanks have a boundary everywhere. */
  isBounded({ start, end }: Range): boolean {
    return !this.isInsideWord(start) && !this.isInsideWord(end);
  }

  private isInsideWord(at: number): boolean {
    const before = at > 0 ? characterBefore(this.text, at) : '';
    const after = at < this.text.length ? String.fromCodePoint(this.text.codePointAt(at) ?? 0) : '';
    return joinsWords(before) && joinsWords(after);
  }

  private endOf(start: number): number {
    const codePoint = this.text.codePointAt(start) ?? 0;
    return start + (codePoint > 0xffff ? 2 : 1);
  }
}

function joinsWords(character: string): boolean {
  return wordCharacter.test(character) && !unspacedScript.test(character);
}

function characterBefore(text: string, at: number): string {
  const pair = at > 1 ? (text.codePointAt(at - 2) ?? 0) : 0;
  return pair > 0xffff ? String.fromCodePoint(pair) : (text[at - 1] ?? '');
}

function findAll(text: string, words: string): number[] {
  const found: number[] = [];
  if (words === '') return found;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}

/** The text in lower case without blanks, and for each of its units where it came from. */
function fold(text: string): { text: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const lower = /\s/u.test(character) ? '' : character.toLowerCase();
    folded += lower;
    for (let unit = 0; unit < lower.length; unit++) places.push(at);
    at += character.length;
  }
  return { text: folded, places };
}
