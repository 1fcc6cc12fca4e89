import { CharacterClass, classOf, codePointAt, unitsOf } from '../text/characters';

/** The words of a text for comparison: UTF-16 offsets, end exclusive, and a number for each word. */
export interface Tokens {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Equal words of the texts of one {@link Vocabulary} have equal numbers. */
  readonly ids: Int32Array;
}

/** Numbers words. */
export class Vocabulary {
  private readonly ids = new Map<string, number>();

  /**
   * Cuts a text into runs of letters, digits and marks, single characters of scripts without blanks,
   * and other single characters. White space is in no token, so that it never tells texts apart.
   */
  tokenize(text: string): Tokens {
    const starts: number[] = [];
    const ends: number[] = [];
    const ids: number[] = [];
    for (let at = 0; at < text.length;) {
      const codePoint = codePointAt(text, at);
      const kind = classOf(codePoint);
      let end = at + unitsOf(codePoint);
      if (kind !== CharacterClass.space) {
        if (isLetter(kind)) {
          while (end < text.length) {
            const next = codePointAt(text, end);
            if (!isLetter(classOf(next))) break;
            end += unitsOf(next);
          }
        }
        starts.push(at);
        ends.push(end);
        ids.push(this.idOf(text.slice(at, end)));
      }
      at = end;
    }
    return {
      starts: Int32Array.from(starts),
      ends: Int32Array.from(ends),
      ids: Int32Array.from(ids),
    };
  }

  private idOf(word: string): number {
    const known = this.ids.get(word);
    if (known !== undefined) return known;
    this.ids.set(word, this.ids.size);
    return this.ids.size - 1;
  }
}

function isLetter(kind: number): boolean {
  return (
    kind !== CharacterClass.space &&
    kind !== CharacterClass.unspaced &&
    kind !== CharacterClass.other
  );
}
