import { isLineEnd } from '../text/lines';
import { pushRegion, type CodeRegion } from './regions';
import type { Heredoc, Literal, Place } from './rules';

/**
 * Reads the bodies of the documents that the line before `start` announced, one after the other,
 * and returns where code goes on. Without its terminator a body reaches to `end`.
 */
export function endOfHeredocs(
  text: string,
  start: number,
  end: number,
  heredocs: readonly Heredoc[],
  regions: CodeRegion[],
): number {
  let at = start;
  // The line feed of a CRLF.
  if (text.charCodeAt(at) === 0x0a && text.charCodeAt(at - 1) === 0x0d) at++;
  for (const heredoc of heredocs) {
    const bodyStart = at;
    let bodyEnd = end;
    let next = end;
    while (at < end) {
      const lineEnd = endOfLine(text, at, end);
      const closing = endOfTerminator(text, at, lineEnd, heredoc);
      if (closing >= 0) {
        bodyEnd = at;
        next = closing;
        break;
      }
      at = lineEnd + 1;
    }
    pushRegion(regions, text, 'string', bodyStart, bodyEnd);
    at = next;
    if (at < end && heredoc !== heredocs.at(-1)) at = endOfLine(text, at, end) + 1;
  }
  return Math.min(at, end);
}

function endOfTerminator(
  text: string,
  lineStart: number,
  lineEnd: number,
  { terminator, indented, goesOn }: Heredoc,
): number {
  let at = lineStart;
  if (indented) while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at++;
  if (!text.startsWith(terminator, at)) return -1;
  const after = at + terminator.length;
  if (goesOn === true) return /[\p{L}\p{N}_]/u.test(text.charAt(after)) ? -1 : after;
  return after === lineEnd ? after : -1;
}

function endOfLine(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isLineEnd(text.charCodeAt(at))) at++;
  return at;
}

const shellStart = /<<(-?)[ \t]*(?:'([^'\n]{1,80})'|"([^"\n]{1,80})"|\\?([A-Za-z_][\w.-]{0,80}))/y;
const phpStart = /<<<[ \t]*(?:'(\w{1,80})'|"(\w{1,80})"|([A-Za-z_]\w{0,80}))(?=[ \t]*[\r\n])/y;
const rubyStart =
  /<<([~-]?)(?:'([^'\n]{1,80})'|"([^"\n]{1,80})"|`([^`\n]{1,80})`|([A-Z_]\w{0,80}))/y;

/** `<<EOF`, `<<-EOF`, `<<'EOF'`; not in arithmetic, `$((1<<n))`. */
export function scanShellHeredoc({ text, at, start }: Place): Literal | undefined {
  if (text.startsWith('<<<', at)) return { end: at + 3 };
  const line = text.slice(Math.max(start, at - 200), at);
  if (line.lastIndexOf('((') > Math.max(line.lastIndexOf('))'), line.lastIndexOf('\n'))) {
    return undefined;
  }
  return announce(shellStart, text, at, (match) => match[1] === '-');
}

/** `<<<EOT` and `<<<'EOT'` of PHP. */
export function scanPhpHeredoc({ text, at }: Place): Literal | undefined {
  const literal = announce(phpStart, text, at, () => true);
  return literal?.heredoc === undefined
    ? undefined
    : { ...literal, heredoc: { ...literal.heredoc, goesOn: true } };
}

/** `<<~EOS`, `<<-EOS`, `<<EOS` of Ruby and Perl; a shift operator has a space after it. */
export function scanRubyHeredoc({ text, at }: Place): Literal | undefined {
  return announce(rubyStart, text, at, (match) => match[1] !== '');
}

function announce(
  pattern: RegExp,
  text: string,
  at: number,
  isIndented: (match: RegExpExecArray) => boolean,
): Literal | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const terminator = match
    .slice(1)
    .findLast((group?: string) => group !== undefined && group !== '');
  if (terminator === undefined || terminator === '-' || terminator === '~') return undefined;
  return {
    end: at + match[0].length,
    heredoc: { terminator, indented: isIndented(match) },
  };
}
