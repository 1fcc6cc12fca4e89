import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { phrase } from '../../core/messages/phrase';
import { ModelError, messageOf } from '../errors';
import { LruCache } from './lruCache';
import { packFiles, type Pack } from './pack';
import { shapeOf } from './wordShape';

/** One word for the text encoder. */
export interface WordInput {
  /** Ids of its pieces, at least one. */
  readonly ids: readonly number[];
  /** Index of its shape. */
  readonly shape: number;
  /** Piece of the lexicon's word that it lies in; none when absent. */
  readonly lexicon?: number;
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

  /** @param byBytes Whether words that the vocabulary does not have are taken apart. */
  constructor(
    private readonly tokenizer: Tokenizer,
    readonly special: SpecialIds,
    private readonly piecesPerWord: number,
    private readonly byBytes = false,
  ) {
    const [upper, lower] = ['Σ', 'σ'].map((letter) => this.encode(letter).join());
    this.isUncased = upper === lower;
  }

  /** Pieces and shape of a word; pieces beyond the model's limit for a word are left out. */
  word(word: string): WordInput {
    const known = this.words.get(word);
    if (known) return known;
    const beginning = word.slice(0, LONGEST_WORD_UNITS);
    const ids = this.piecesOf(word, beginning).slice(0, this.piecesPerWord);
    const input = {
      ids: ids.length > 0 ? ids : [this.special.unknown],
      shape: shapeOf(beginning),
    };
    this.words.set(word, input);
    return input;
  }

  /** Ids of a label text between [CLS] and [SEP], at most `limit` of them. */
  label(text: string, limit: number): number[] {
    const { cls, sep } = this.special;
    return [cls, ...this.idsOf(text).slice(0, limit - 2), sep];
  }

  /** Id of a piece of the vocabulary. */
  idOf(piece: string): number | undefined {
    return this.tokenizer.token_to_id(piece);
  }

  private piecesOf(word: string, beginning: string): number[] {
    const isLong = word.length > LONGEST_WORD_UNITS;
    const ids = isLong ? [this.special.unknown] : this.idsOf(word);
    const isKnown = !ids.includes(this.special.unknown);
    return isKnown || !this.byBytes ? ids : this.takeApart(beginning);
  }

  /** Pieces of a word's code points, or of their UTF-8 bytes where the vocabulary has none. */
  private takeApart(word: string): number[] {
    const ids: number[] = [];
    for (const character of word.toLowerCase().normalize('NFC')) {
      const piece = this.idOf(ids.length === 0 ? character : `##${character}`);
      if (piece !== undefined) {
        ids.push(piece);
        continue;
      }
      for (const byte of new TextEncoder().encode(character)) {
        const hex = byte.toString(16).toUpperCase().padStart(2, '0');
        ids.push(this.idOf(`<0x${hex}>`) ?? this.special.unknown);
      }
    }
    return ids;
  }

  private idsOf(text: string): number[] {
    // The reference tokenizer lowers letter by letter; JavaScript makes a sigma that ends a word "ς".
    return this.encode(this.isUncased ? text.replaceAll('Σ', 'σ') : text);
  }

  private encode(text: string): number[] {
    return this.tokenizer.encode(text, { add_special_tokens: false }).ids;
  }
}

/**
 * The pieces of a pack's tokenizer: `tokenizer.json` for words, or the one for its labels.
 * @throws ModelError when it is no WordPiece tokenizer with the special tokens.
 */
export function openPieces(pack: Pack, name: string): WordPieces {
  const { manifest } = pack;
  const file = path.join(pack.folder, name);
  const mend = phrase`Use a pack with a WordPiece tokenizer.`;
  const isOfWords = name === packFiles.tokenizer;
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(isOfWords ? pack.tokenizer : pack.labelTokenizer, {});
  } catch (error) {
    throw new ModelError(file, phrase`it is no tokenizer: ${messageOf(error)}`, mend, {
      cause: error,
    });
  }
  const id = (token: string): number => {
    const found = tokenizer.token_to_id(token);
    if (found === undefined) throw new ModelError(file, phrase`it has no token "${token}"`, mend);
    return found;
  };
  const special = { cls: id('[CLS]'), sep: id('[SEP]'), unknown: id('[UNK]') };
  const byBytes = isOfWords && manifest.words.fallback === 'bytes';
  return new WordPieces(tokenizer, special, manifest.words.maxPieces, byBytes);
}
