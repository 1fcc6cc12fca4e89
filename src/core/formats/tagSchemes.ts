import type { Problem } from '../problem';
import { phrase } from '../messages/phrase';

/** How tags mark the tokens of an entity. */
export type TagScheme = 'bio' | 'iob1' | 'bioes' | 'bilou' | 'untagged';

/** A run of tokens with one type, as tags say it: the first token and the one after the last. */
export interface Chunk {
  readonly first: number;
  readonly end: number;
  readonly type: string;
}

interface Tag {
  /** `B`, `I`, `E`, `S` or `O`; `L` and `U` of BILOU are read as `E` and `S`. */
  readonly mark: string;
  readonly type: string;
}

const outside: Tag = { mark: 'O', type: '' };

/**
 * The chunks of a sequence of tags. Broken sequences are read as CoNLL's evaluation does: an entity
 * begins wherever the type changes or nothing came before; each such place is a problem.
 */
export function readTags(
  tags: readonly string[],
  scheme: TagScheme,
): { chunks: Chunk[]; problems: (Problem & { readonly token: number })[] } {
  const chunks: Chunk[] = [];
  const problems: (Problem & { readonly token: number })[] = [];
  let open: { first: number; type: string } | undefined;
  let before = outside;
  const close = (end: number) => {
    if (open !== undefined) chunks.push({ first: open.first, end, type: open.type });
    open = undefined;
  };
  tags.forEach((written, token) => {
    const tag = readTag(written, scheme);
    if (isBroken(before, tag, scheme)) {
      problems.push({
        kind: 'tag-sequence',
        message: phrase`The tag “${written}” does not follow from “${tags[token - 1] ?? 'O'}”`,
        mend: phrase`It is read as the beginning of an entity; write the tag that begins one.`,
        token,
      });
    }
    const starts = tag.mark === 'B' || tag.mark === 'S' || open?.type !== tag.type;
    if (open !== undefined && (starts || tag.mark === 'O' || /[ES]/u.test(before.mark)))
      close(token);
    if (tag.mark !== 'O') open ??= { first: token, type: tag.type };
    if (tag.mark === 'E' || tag.mark === 'S') close(token + 1);
    before = tag;
  });
  if (isBroken(before, outside, scheme)) {
    problems.push({
      kind: 'tag-sequence',
      message: phrase`The last entity has no tag that ends it`,
      mend: phrase`It ends with the sentence; write the tag that ends it.`,
      token: tags.length - 1,
    });
  }
  close(tags.length);
  return { chunks, problems };
}

/** The tags of a sentence of so many tokens; chunks must not overlap. */
export function writeTags(count: number, chunks: readonly Chunk[], scheme: TagScheme): string[] {
  const tags = new Array<string>(count).fill('O');
  let last: Chunk | undefined;
  for (const chunk of chunks) {
    const touches = last?.end === chunk.first && last.type === chunk.type;
    for (let token = chunk.first; token < chunk.end; token++) {
      tags[token] = writeTag(chunk, token, scheme, touches);
    }
    last = chunk;
  }
  return tags;
}

function writeTag({ first, end, type }: Chunk, token: number, scheme: TagScheme, touches: boolean) {
  const [single, last] = scheme === 'bilou' ? ['U', 'L'] : ['S', 'E'];
  switch (scheme) {
    case 'untagged':
      return type;
    case 'iob1':
      return `${token === first && touches ? 'B' : 'I'}-${type}`;
    case 'bio':
      return `${token === first ? 'B' : 'I'}-${type}`;
    default:
      if (end - first === 1) return `${single}-${type}`;
      return `${token === first ? 'B' : token === end - 1 ? last : 'I'}-${type}`;
  }
}

/** Whether a tag is one of a scheme with prefixes, `O` or `B-TYPE`. */
export function isTag(tag: string): boolean {
  return tag === 'O' || /^[BIESLUM]-\S+$/u.test(tag);
}

function readTag(tag: string, scheme: TagScheme): Tag {
  if (tag === 'O' || tag === '') return outside;
  if (scheme === 'untagged') return { mark: 'I', type: tag };
  const [, letter = 'I', type = tag] = /^([BIESLUM])-(.+)$/u.exec(tag) ?? [];
  const mark = letter === 'L' ? 'E' : letter === 'U' ? 'S' : letter === 'M' ? 'I' : letter;
  return { mark, type };
}

function isBroken(before: Tag, tag: Tag, scheme: TagScheme): boolean {
  if (scheme === 'untagged') return false;
  const goesOn = tag.mark === 'I' || tag.mark === 'E';
  const isOpen = before.mark === 'B' || before.mark === 'I';
  if (scheme === 'iob1')
    return tag.mark === 'B' && (before.mark === 'O' || before.type !== tag.type);
  if (goesOn && !(isOpen && before.type === tag.type)) return true;
  const wantsEnd = scheme === 'bioes' || scheme === 'bilou';
  return wantsEnd && isOpen && !goesOn;
}
