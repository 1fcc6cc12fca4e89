import { parse, type ParseError } from 'jsonc-parser';

/** What could be read of JSON as models write it. */
export interface LooseJson {
  readonly value: unknown;
  /** Whether it ends before everything that was opened is closed. */
  readonly isCut: boolean;
}

/**
 * Reads the JSON in an answer: words around it, trailing commas, comments, Python's single quotes and
 * constants, and an end in the middle are forgiven; of what is cut, a value in the middle is left out.
 * Undefined where there is none.
 */
export function readLooseJson(answer: string): LooseJson | undefined {
  for (let from = nextOpening(answer, 0); from >= 0; from = nextOpening(answer, from + 1)) {
    const end = closingOf(answer, from);
    const text = end === undefined ? answer.slice(from) : answer.slice(from, end);
    for (const candidate of [text, fromPython(text)]) {
      const whole = end === undefined ? closeCut(candidate) : candidate;
      const errors: ParseError[] = [];
      const value: unknown = parse(whole, errors, { allowTrailingComma: true });
      if (errors.length === 0) return { value, isCut: end === undefined };
    }
  }
  return undefined;
}

function nextOpening(text: string, from: number): number {
  const at = text.slice(from).search(/[[{]/u);
  return at < 0 ? -1 : from + at;
}

/** Offset after the bracket that closes the one at `from`; undefined where none does. */
function closingOf(text: string, from: number): number | undefined {
  let end: number | undefined;
  scan(text, from, (at, open) => {
    if (open.length === 0) end = at + 1;
    return open.length > 0;
  });
  return end;
}

/**
 * Walks over brackets outside of strings. `visit` is told the offset and what is open after it, and
 * says whether to go on.
 */
function scan(
  text: string,
  from: number,
  visit: (at: number, open: readonly string[]) => boolean,
): void {
  const open: string[] = [];
  let quote: string | undefined;
  for (let at = from; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (quote !== undefined) {
      if (sign === '\\') at++;
      else if (sign === quote && closesString(text, at, quote)) quote = undefined;
      continue;
    }
    if (sign === '"' || (sign === "'" && opensString(text, at))) quote = sign;
    if (sign === '[' || sign === '{') open.push(sign === '[' ? ']' : '}');
    else if (sign === open.at(-1)) open.pop();
    else if (sign !== ',') continue;
    if (!visit(at, open)) return;
  }
}

/** A single quote opens a string after a bracket, comma or colon; elsewhere it is an apostrophe. */
function opensString(text: string, at: number): boolean {
  return /[[{,:]\s*$/u.test(text.slice(Math.max(0, at - 20), at));
}

/** A single quote closes a string before a bracket, comma or colon. */
function closesString(text: string, at: number, quote: string): boolean {
  return quote === '"' || /^\s*(?:[\]},:]|$)/u.test(text.slice(at + 1, at + 20));
}

/** Text that is cut, ended after its last whole value and closed. */
function closeCut(text: string): string {
  let kept = '[]';
  scan(text, 0, (at, open) => {
    const sign = text[at] ?? '';
    // A comma in an object may come after half of it, one in a list comes after a whole value.
    if (sign === ',' ? open.at(-1) === ']' : sign === ']' || sign === '}') {
      kept = text.slice(0, sign === ',' ? at : at + 1) + [...open].reverse().join('');
    }
    return open.length > 0;
  });
  return kept;
}

/** Python's way of writing strings and constants, as JSON. */
function fromPython(text: string): string {
  let json = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '"') {
      const end = /(?<!\\)(?:\\\\)*"/u.exec(text.slice(at + 1));
      const stop = end === null ? text.length : at + 1 + end.index + end[0].length;
      json += text.slice(at, stop);
      at = stop - 1;
    } else if (sign === "'" && opensString(text, at)) {
      let inside = '';
      for (at++; at < text.length; at++) {
        const inner = text[at] ?? '';
        if (inner === "'" && closesString(text, at, "'")) break;
        if (inner === '\\' && text[at + 1] === "'") at++;
        else if (inner === '"') inside += '\\';
        inside += text[at] ?? '';
      }
      json += `"${inside}"`;
    } else json += sign;
  }
  return json.replace(/\b(?:None|True|False)\b(?=\s*[\],}])/gu, (constant) =>
    constant === 'None' ? 'null' : constant.toLowerCase(),
  );
}
