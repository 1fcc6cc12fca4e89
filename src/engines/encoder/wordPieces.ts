import type { Tokenizer } from '@huggingface/tokenizers';
import { LruCache } from './lruCache';
import { shapeOf } from './wordShape';

/** One word for the text encoder. */
export interface WordInput {
  /** Ids of its pieces, at least one. */
  readonly ids: readonly number[];
  /** Index of its shape. */
  readonly shape: number;
}

export interface SpecialIds {
  readonly cls: number;
  readonly sep: number;
  readonly unknown: number;
}

// WordPiece itself gives up on words of more than 100 characters; beyond this it need not be asked.
const LONGEST_WORD_UNITS = 1000;
const CACHE_BYTES = 8 * 1024 * 1024;

/** Tokenises words one by one, and label texts as a whole. */
export class WordPieces {
  private readonly words = new LruCache<WordInput>(CACHE_BYTES, ({ ids }) => 64 + 8 * ids.length);

  private readonly isUncased: boolean;

  constructor(
    private readonly tokenizer: Tokenizer,
    readonly special: SpecialIds,
    private readonly piecesPerWord: number,
  ) {
    const [upper, lower] = ['Σ', 'σ'].map((letter) => this.encode(letter).join());
    this.isUncased = upper === lower;
  }

  /** Pieces and shape of a word; pieces beyond the model's limit for a word are left out. */
  word(word: string): WordInput {
    const known = this.words.get(word);
    if (known) return known;
    const ids =
      word.length > LONGEST_WORD_UNITS ? [] : this.idsOf(word).slice(0, this.piecesPerWord);
    const input = {
      ids: ids.length > 0 ? ids : [this.special.unknown],
      shape: shapeOf(word.slice(0, LONGEST_WORD_UNITS)),
    };
    this.words.set(word, input);
    return input;
  }

  /** Ids of a label text between [CLS] and [SEP], at most `limit` of them. */
  label(text: string, limit: number): number[] {
    const { cls, sep } = this.special;
    return [cls, ...this.idsOf(text).slice(0, limit - 2), sep];
  }

  private idsOf(text: string): number[] {
    // The reference tokenizer lowers letter by letter; JavaScript makes a sigma that ends a word "ς".
    return this.encode(this.isUncased ? text.replaceAll('Σ', 'σ') : text);
  }

  private encode(text: string): number[] {
    return this.tokenizer.encode(text, { add_special_tokens: false }).ids;
  }
}
