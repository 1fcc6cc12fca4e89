import { isLineEnd } from '../text/lines';
import { pushBlockComment, pushRegion, type CodeRegion } from './regions';

/** Scans the code of an embedded language in a stretch of the text. */
export type EmbeddedScan = (languageId: 'javascript' | 'css', start: number, end: number) => void;

const openTag = /<\/?([A-Za-z][\w:.-]{0,60})/y;

/**
 * Appends the comments and the attributes' quoted values of HTML or XML in a stretch of the text.
 * Code in `script` and `style` elements goes to `embedded`, where it is given. The text between
 * tags is neither comment nor string.
 */
export function scanMarkup(
  text: string,
  start: number,
  end: number,
  regions: CodeRegion[],
  embedded?: EmbeddedScan,
): void {
  let at = start;
  while (at < end) {
    const open = text.indexOf('<', at);
    if (open < 0 || open >= end) return;
    if (text.startsWith('<!--', open)) {
      const close = indexOrEnd(text, '-->', open + 4, end);
      pushBlockComment(regions, text, open + 4, close);
      at = close + 3;
    } else if (text.startsWith('<![CDATA[', open)) {
      at = indexOrEnd(text, ']]>', open + 9, end) + 3;
    } else {
      openTag.lastIndex = open;
      const tag = openTag.exec(text);
      const isDeclaration = text.charAt(open + 1) === '!' || text.charAt(open + 1) === '?';
      if (tag === null && !isDeclaration) {
        at = open + 1;
        continue;
      }
      at = scanTag(text, open + (tag?.[0].length ?? 2), end, regions);
      const name = tag?.[1]?.toLowerCase();
      const isOpening = text.charAt(open + 1) !== '/' && text.charAt(at - 2) !== '/';
      if (embedded !== undefined && isOpening && (name === 'script' || name === 'style')) {
        const close = indexOrEnd(text, `</${name}`, at, end);
        embedded(name === 'script' ? 'javascript' : 'css', at, close);
        at = close;
      }
    }
  }
}

/** Reads the attributes of a tag and returns the offset after its `>`. */
function scanTag(text: string, from: number, end: number, regions: CodeRegion[]): number {
  let at = from;
  while (at < end) {
    const character = text.charAt(at);
    if (character === '>') return at + 1;
    // A tag that is not closed ends where the next begins.
    if (character === '<') return at;
    if ((character === '"' || character === "'") && opensValue(text, at, from)) {
      const close = indexOrEnd(text, character, at + 1, end);
      pushRegion(regions, text, 'string', at + 1, close);
      at = close + 1;
    } else {
      at++;
    }
  }
  return end;
}

function opensValue(text: string, at: number, from: number): boolean {
  let before = at - 1;
  while (before > from && (text.charAt(before) === ' ' || isLineEnd(text.charCodeAt(before)))) {
    before--;
  }
  const character = text.charAt(before);
  // In a document type declaration values follow words.
  return character === '=' || (at - before > 1 && character !== '/');
}

function indexOrEnd(text: string, part: string, from: number, end: number): number {
  // Searching a slice keeps the search inside the stretch.
  const index = text.slice(from, end).indexOf(part);
  return index < 0 ? end : from + index;
}
