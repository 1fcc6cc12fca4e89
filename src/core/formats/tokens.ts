import { assignIds } from '../entity/entityId';
import type { Entity } from '../entity/entity';
import type { PassageData } from './format';
import { countScripts, type Script } from '../text/scripts';
import type { Range } from '../text/range';

/** Letters, digits and underscores, or one other character that is no white space, as in Python's `re`. */
const wordPattern =
  // eslint-disable-next-line no-control-regex -- Python counts the separators U+001C to U+001F as white space
  /[\p{L}\p{N}_]+|[^\p{L}\p{N}_\t-\r\u{1c}-\u{20}\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/gu;
const characterPattern =
  // eslint-disable-next-line no-control-regex -- see above
  /[^\t-\r\u{1c}-\u{20}\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/gu;

const byCharacter: ReadonlySet<string> = new Set(['zh', 'ja', 'ko']);
const characterScripts: ReadonlySet<Script> = new Set(['Han', 'Hiragana', 'Katakana', 'Hangul']);

/**
 * The tokens of a text by the rules of DynamicNER's conversion to BIO, as UTF-16 ranges: words and
 * single other characters, `\w+|[^\w\s]`; in Chinese, Japanese and Korean every character. A token that
 * an entity begins or ends inside is cut there, so that tags can say every entity.
 */
export function tokenise(
  { text, lang }: Pick<PassageData, 'text' | 'lang'>,
  entities: readonly Range[],
): Range[] {
  const single =
    lang === undefined
      ? characterScripts.has(countScripts(text)[0]?.script ?? 'Other')
      : byCharacter.has(lang.toLowerCase().split(/[-_]/u, 1)[0] ?? '');
  const cuts = [...new Set(entities.flatMap(({ start, end }) => [start, end]))].sort(
    (a, b) => a - b,
  );
  const tokens: Range[] = [];
  let next = 0;
  for (const { 0: word, index } of text.matchAll(single ? characterPattern : wordPattern)) {
    let start = index;
    const end = index + word.length;
    while ((cuts[next] ?? Infinity) <= start) next++;
    for (let cut = cuts[next]; cut !== undefined && cut < end; cut = cuts[++next]) {
      tokens.push({ start, end: cut });
      start = cut;
    }
    tokens.push({ start, end });
  }
  return tokens;
}

/** The text that tokens make: blanks between words, none around a character of Chinese or Japanese. */
export function joinTokens(words: readonly string[]): { text: string; ranges: Range[] } {
  const single = words.length > 1 && words.every((word) => [...word].length === 1);
  const unspaced = single && words.some((word) => /[\p{Script=Hangul}]/u.test(word));
  let text = '';
  const ranges = words.map((word) => {
    const parted = text !== '' && !unspaced && !(isUnspaced(text.at(-1)) && isUnspaced(word[0]));
    const start = text.length + (parted ? 1 : 0);
    text += (parted ? ' ' : '') + word;
    return { start, end: start + word.length };
  });
  return { text, ranges };
}

const unspacedCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fc\uff00-\uffef]/u;

function isUnspaced(unit: string | undefined): boolean {
  return unit !== undefined && unspacedCharacter.test(unit);
}

/** A typed run of tokens: numbers of the first token and of the one after the last. */
export interface TokenSpan {
  readonly first: number;
  readonly end: number;
  readonly path: readonly string[];
}

/** The tokens that an entity covers; undefined where its edges are not edges of tokens. */
export function tokensOf(entity: Range, tokens: readonly Range[]): [number, number] | undefined {
  const first = tokens.findIndex(({ end }) => end > entity.start);
  if (first < 0 || (tokens[first]?.start ?? 0) !== entity.start) return undefined;
  let last = first;
  while ((tokens[last + 1]?.end ?? Infinity) <= entity.end) last++;
  return tokens[last]?.end === entity.end ? [first, last + 1] : undefined;
}

/** Runs of tokens as entities of the text. */
export function entitiesOf(
  text: string,
  ranges: readonly Range[],
  spans: readonly (TokenSpan & { readonly candidates?: Entity['candidates'] })[],
): Entity[] {
  const drafts = spans.flatMap(({ first, end, path, candidates }) => {
    const from = ranges[first];
    const to = ranges[end - 1];
    if (from === undefined || to === undefined) return [];
    const draft: Omit<Entity, 'id'> = {
      start: from.start,
      end: to.end,
      path,
      ...(candidates === undefined ? {} : { candidates }),
      state: 'suggested',
    };
    return [draft];
  });
  drafts.sort((a, b) => a.start - b.start || b.end - a.end);
  return assignIds(text, drafts);
}

/** The entity without white space at its edges, which belongs to no token; undefined when nothing is left. */
export function trimToTokens<T extends Range>(entity: T, text: string): T | undefined {
  const mention = text.slice(entity.start, entity.end);
  characterPattern.lastIndex = 0;
  const first = mention.search(new RegExp(characterPattern.source, 'u'));
  if (first < 0) return undefined;
  let end = mention.length;
  while (end > first && !new RegExp(characterPattern.source, 'u').test(mention[end - 1] ?? ''))
    end--;
  return { ...entity, start: entity.start + first, end: entity.start + end };
}
