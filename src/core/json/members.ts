import { WordedError } from '../errors';
import { phrase, type Phrase } from '../messages/phrase';

/** A member of a JSON object in its text: UTF-16 offsets, ends exclusive. */
export interface JsonMember {
  readonly key: string;
  /** Where the key's opening quote stands. */
  readonly keyStart: number;
  /** The value without blanks around it. */
  readonly start: number;
  readonly end: number;
}

/** JSON text that breaks off or has another character than its grammar wants; `offset` says where. */
export class JsonScanError extends WordedError {
  override readonly name = 'JsonScanError';

  constructor(
    readonly problem: Phrase,
    readonly offset: number,
  ) {
    super(phrase`${problem} at offset ${offset}`);
  }
}

/**
 * Yields the members of the object that begins at `at`, without looking into their values further
 * than to their end, and returns the offset after its closing brace.
 * @throws JsonScanError when there is no object, or it breaks off.
 */
export function* scanMembers(text: string, at: number): Generator<JsonMember, number> {
  expect(text, at, '{');
  let next = skipBlanks(text, at + 1);
  if (text[next] === '}') return next + 1;
  for (;;) {
    expect(text, next, '"');
    const keyStart = next;
    const keyEnd = skipString(text, keyStart);
    next = skipBlanks(text, keyEnd);
    expect(text, next, ':');
    const start = skipBlanks(text, next + 1);
    const end = skipValue(text, start);
    yield { key: readKey(text, keyStart, keyEnd), keyStart, start, end };
    next = skipBlanks(text, end);
    if (text[next] === '}') return next + 1;
    expect(text, next, ',');
    next = skipBlanks(text, next + 1);
  }
}

/** The offset of the first character at or after `at` that is no blank of JSON. */
export function skipBlanks(text: string, at: number): number {
  let next = at;
  for (; next < text.length; next++) {
    const unit = text.charCodeAt(next);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) break;
  }
  return next;
}

/** The offset after the value at `at`; brackets and strings are matched, nothing else is checked. */
function skipValue(text: string, at: number): number {
  let depth = 0;
  let next = at;
  while (next < text.length) {
    const character = text[next];
    if (character === '"') {
      next = skipString(text, next);
      if (depth === 0) return next;
    } else if (character === '{' || character === '[') {
      depth++;
      next++;
    } else if (character === '}' || character === ']') {
      if (depth === 0) break;
      next++;
      if (--depth === 0) return next;
    } else if (depth === 0 && (character === ',' || skipBlanks(text, next) > next)) {
      break;
    } else {
      next++;
    }
  }
  if (depth > 0) throw new JsonScanError(phrase`The file ends inside a value`, text.length);
  if (next === at) throw new JsonScanError(phrase`A value is missing`, at);
  return next;
}

function skipString(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next++) {
    const unit = text.charCodeAt(next);
    if (unit === 0x5c) next++;
    else if (unit === 0x22) return next + 1;
  }
  throw new JsonScanError(phrase`A string is not closed`, at);
}

function expect(text: string, at: number, character: string): void {
  if (text[at] === character) return;
  throw new JsonScanError(
    at < text.length
      ? phrase`Where “${character}” is expected is ${JSON.stringify(text[at])}`
      : phrase`Where “${character}” is expected the file ends`,
    at,
  );
}

function readKey(text: string, start: number, end: number): string {
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    throw new JsonScanError(phrase`A key is not a valid string`, start);
  }
}
