import { isSpace } from '../text/characters';

/**
 * Where passages begin in a text that consists of them, in their order, with nothing but white space
 * between; undefined when it does not. White space at a passage's edges does not count. Linear.
 */
export function locatePassages(
  passages: readonly { readonly text: string }[],
  text: string,
): readonly number[] | undefined {
  const starts: number[] = [];
  let at = 0;
  for (const passage of passages) {
    const inner = edgesOf(passage.text);
    at = skipSpace(text, at);
    if (!text.startsWith(passage.text.slice(inner.start, inner.end), at)) return undefined;
    starts.push(at - inner.start);
    at += inner.end - inner.start;
  }
  return skipSpace(text, at) === text.length ? starts : undefined;
}

function edgesOf(text: string): { readonly start: number; readonly end: number } {
  const start = skipSpace(text, 0);
  let end = text.length;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}
