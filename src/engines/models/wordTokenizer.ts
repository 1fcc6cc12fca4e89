import { Tokenizer } from '@huggingface/tokenizers';
import { phrase } from '../../core/messages/phrase';
import { LruCache } from '../encoder/lruCache';
import { ModelError, messageOf } from '../errors';

const CACHE_BYTES = 8 * 1024 * 1024;
/** Words beyond this are cut before they are tokenised: no name is as long. */
const LONGEST_WORD_UNITS = 1000;
const SAMPLE = 'a';

/** Tokenises a text that was split into words: each word by itself, as in training. */
export class WordTokenizer {
  private readonly known = new LruCache<readonly number[]>(
    CACHE_BYTES,
    (ids) => 64 + 8 * ids.length,
  );
  private readonly isUncased: boolean;
  /** Special tokens before and after a text. */
  readonly before: readonly number[];
  readonly after: readonly number[];

  private constructor(
    private readonly tokenizer: Tokenizer,
    private readonly file: string,
  ) {
    const [upper, lower] = ['Σ', 'σ'].map((letter) => this.encode(letter).join());
    this.isUncased = upper === lower;
    const bare = this.encode(SAMPLE);
    const whole = tokenizer.encode(SAMPLE).ids;
    const at = whole.findIndex((_, from) => bare.every((id, i) => whole[from + i] === id));
    this.before = whole.slice(0, Math.max(0, at));
    this.after = at < 0 ? [] : whole.slice(at + bare.length);
  }

  /** @throws ModelError when the JSON is no tokenizer. */
  static open(file: string, json: object): WordTokenizer {
    try {
      return new WordTokenizer(new Tokenizer(json, {}), file);
    } catch (error) {
      throw new ModelError(
        file,
        phrase`it is no tokenizer: ${messageOf(error)}`,
        phrase`Use the tokenizer.json of a fast tokenizer of Hugging Face.`,
        { cause: error },
      );
    }
  }

  /** Tokens around a text. */
  get around(): number {
    return this.before.length + this.after.length;
  }

  /** Ids of a word or a whole label, without the special tokens around it; none for what it drops. */
  ids(word: string): readonly number[] {
    const known = this.known.get(word);
    if (known) return known;
    const cut = word.slice(0, LONGEST_WORD_UNITS);
    // The reference tokenizer lowers letter by letter; JavaScript makes a sigma that ends a word "ς".
    const ids = this.encode(this.isUncased ? cut.replaceAll('Σ', 'σ') : cut);
    this.known.set(word, ids);
    return ids;
  }

  /**
   * Id of a special token.
   * @throws ModelError when the tokenizer does not have it.
   */
  special(token: string): number {
    const id = this.tokenizer.token_to_id(token);
    if (id !== undefined) return id;
    throw new ModelError(
      this.file,
      phrase`it has no token "${token}"`,
      phrase`Use the tokenizer.json that was saved with the model.`,
    );
  }

  private encode(text: string): number[] {
    return this.tokenizer.encode(text, { add_special_tokens: false }).ids;
  }
}
