/** A character of a text that takes part in alignment: neither white space nor a number sign. */
export interface Character {
  /** UTF-16 offset, and that of its end. */
  readonly start: number;
  readonly end: number;
  readonly exact: number;
  /** The same for characters that models take for one another: case, quotes, dashes, widths, accents. */
  readonly folded: number;
  /** Whether letters of its script stand together as words, so that an edge may lie inside one. */
  readonly joins: boolean;
}

/** A run of number signs. `gap` is the number of characters before it. */
export interface SignRun {
  readonly gap: number;
  readonly start: number;
  readonly end: number;
}

export interface CharacterText {
  readonly text: string;
  readonly characters: readonly Character[];
  readonly signs: readonly SignRun[];
}

const wordCharacter = /[\p{L}\p{N}\p{M}_]/u;
const unspacedScript =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

/** The characters of a text, and its number signs (also full-width ones) apart from them. */
export function readCharacters(text: string): CharacterText {
  const characters: Character[] = [];
  const signs: SignRun[] = [];
  let at = 0;
  for (const symbol of text) {
    const end = at + symbol.length;
    if (symbol === '#' || symbol === '＃') {
      const last = signs.at(-1);
      if (last?.end === at) signs[signs.length - 1] = { ...last, end };
      else signs.push({ gap: characters.length, start: at, end });
    } else if (!/\s/u.test(symbol)) {
      const joins = wordCharacter.test(symbol) && !unspacedScript.test(symbol);
      const exact = symbol.codePointAt(0) ?? 0;
      characters.push({ start: at, end, exact, folded: foldCharacter(symbol), joins });
    }
    at = end;
  }
  return { text, characters, signs };
}

const alike: readonly (readonly [like: RegExp, as: string])[] = [
  [/["“”„‟«»″＂「」『』]/u, '"'],
  [/['‘’‚‛‹›′`´＇]/u, "'"],
  [/[-‐‑‒–—―−]/u, '-'],
  [/[…]/u, '.'],
];

const folded = new Map<string, number>();

function foldCharacter(symbol: string): number {
  let code = folded.get(symbol);
  if (code === undefined) {
    const quoted = alike.find(([like]) => like.test(symbol))?.[1] ?? symbol;
    const [base = symbol] = quoted.normalize('NFKD').toLowerCase();
    code = base.codePointAt(0) ?? 0;
    // Texts have few different characters; a fuzzed one must not fill the memory.
    if (folded.size < 65_536) folded.set(symbol, code);
  }
  return code;
}
