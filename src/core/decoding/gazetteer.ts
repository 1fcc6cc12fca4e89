/** One sense of a name: a type of the taxonomy, and the share of the name's senses that it has. */
export interface NameSense {
  /** Index into {@link Gazetteer.types}. */
  readonly type: number;
  /** Above 0, at most 1; those of a name sum to at most 1, since some senses have no type. */
  readonly share: number;
}

/**
 * Names and what they usually are: 32-bit hashes of names in ascending order, each with a type and a
 * share. A hash stands once for every type that its name may have. What is no name in it has one of
 * its hashes by chance once in some ten thousand times.
 */
export class Gazetteer {
  /** Senses of all names. */
  readonly size: number;
  private readonly hashes: Uint32Array;
  private readonly typeOf: Uint8Array;
  private readonly shareOf: Uint8Array;

  /**
   * @param types What the senses' types are called.
   * @param body hashes [n] as 32-bit, types [n] as 8-bit, shares [n] as 8-bit numbers (255 is all),
   * little-endian, one after the other. It must not change afterwards.
   * @throws RangeError where the body does not hold that.
   */
  constructor(
    readonly types: readonly string[],
    body: Uint8Array,
  ) {
    this.size = body.length / BYTES_OF_SENSE;
    if (!Number.isInteger(this.size)) throw new RangeError('the body ends within a name');
    // Numbers begin at a multiple of their size; where the body does not, it is copied.
    const bytes = body.byteOffset % 4 === 0 ? body : new Uint8Array(body);
    this.hashes = new Uint32Array(bytes.buffer, bytes.byteOffset, this.size);
    this.typeOf = bytes.subarray(4 * this.size, 5 * this.size);
    this.shareOf = bytes.subarray(5 * this.size);
    if (this.typeOf.some((type) => type >= types.length)) {
      throw new RangeError('a name has a type that is not listed');
    }
  }

  /** The senses of a name as it stands in a text; none where it is not known. */
  sensesOf(name: string): readonly NameSense[] {
    const key = nameKey(name);
    if (key.length < SHORTEST) return [];
    const keys = [key, ...withoutEnding(key), ...withEnding(key)];
    if (CYRILLIC.test(key)) keys.push(stemKey(name));
    for (const one of keys) {
      const senses = this.at(hashOf(one));
      if (senses.length > 0) return senses;
    }
    return [];
  }

  private at(hash: number): NameSense[] {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.hashes[middle] as number) < hash) low = middle + 1;
      else high = middle;
    }
    const senses: NameSense[] = [];
    for (; low < this.size && this.hashes[low] === hash; low++) {
      senses.push({
        type: this.typeOf[low] as number,
        share: (this.shareOf[low] as number) / ALL,
      });
    }
    return senses;
  }
}

/** Characters of a name at least, once what does not count is taken away. */
const SHORTEST = 2;
const BYTES_OF_SENSE = 6;
const ALL = 255;

/**
 * What of a name counts: its letters, digits and marks in lower case, without Latin, Greek and
 * Cyrillic accents, and without the article `the` at its start.
 */
export function nameKey(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/^the\s+/u, '')
    .replace(/[\u0300-\u036f]|[^\p{L}\p{N}\p{M}]/gu, '');
}

/**
 * The key that the inflected forms of a Russian name share: of each word what its ending leaves, where
 * that is three characters at least. A sign in front keeps it apart from other keys.
 */
export function stemKey(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return `~${words.map((word) => nameKey(word).replace(RUSSIAN_ENDING, '')).join('')}`;
}

const CYRILLIC = /[а-я]/u;
/** The longest ending that a word has; as {@link nameKey} writes them, й is и. */
const RUSSIAN_ENDING = new RegExp(
  `(?<=.{3})(?:${[
    'иями|ами|ями|ого|его|ому|ему|ыми|ими|ов|ев|еи|ам|ям|ах|ях|ом|ем|ои|ою|ею|их|ых|ыи|ии',
    'ая|яя|ое|ее|ые|ие|ию|ия|а|я|о|е|и|ы|у|ю|ь',
  ].join('|')})$`,
  'u',
);

/** Endings of plurals and cases, above all German ones, and how much of a key must be left. */
const LATIN_ENDINGS: readonly (readonly [ending: string, left: number])[] = [
  ['s', 2],
  ['en', 5],
  ['n', 5],
  ['er', 5],
  ['e', 5],
  ['es', 5],
];

/** What a key may be without the ending of a plural or case, in the order in which they are tried. */
function withoutEnding(key: string): string[] {
  return LATIN_ENDINGS.flatMap(([ending, left]) =>
    key.endsWith(ending) && key.length - ending.length >= left
      ? [key.slice(0, -ending.length)]
      : [],
  );
}

/** Endings that a name in the list may have besides, and how long a key must be. */
const ADDED_ENDINGS: readonly (readonly [ending: string, least: number])[] = [
  ['s', 4],
  ['e', 5],
  ['n', 5],
  ['en', 5],
  ['es', 5],
  ['er', 5],
];

/** What a key may be where a list has the plural only, in the order in which they are tried. */
function withEnding(key: string): string[] {
  if (!/[a-z]$/u.test(key)) return [];
  return ADDED_ENDINGS.flatMap(([ending, least]) => (key.length >= least ? [key + ending] : []));
}

/** FNV-1a over the UTF-16 units, then the finaliser of MurmurHash3: 32 bits. */
export function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
