import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { findWithin } from './regexWithin';
import type { TokenTest } from './pattern';

type Test = (token: string) => boolean;
type JsonObject = Readonly<Record<string, unknown>>;

/** What of a token an attribute of spaCy's patterns looks at. */
const views: Readonly<Record<string, (token: string) => string>> = {
  ORTH: (token) => token,
  TEXT: (token) => token,
  NORM: (token) => token.toLowerCase(),
  LOWER: (token) => token.toLowerCase(),
  SHAPE: shapeOf,
};

/** Attributes that are true or false. */
const flags: Readonly<Record<string, RegExp>> = {
  IS_ALPHA: /^[\p{L}\p{M}]+$/u,
  IS_ASCII: /^[\x20-\x7e]+$/u,
  IS_DIGIT: /^\p{Nd}+$/u,
  IS_LOWER: /^(?=.*\p{Ll})[^\p{Lu}]+$/u,
  IS_UPPER: /^(?=.*\p{Lu})[^\p{Ll}]+$/u,
  IS_TITLE: /^\p{Lu}[^\p{Lu}]*$/u,
  IS_PUNCT: /^\p{P}+$/u,
  IS_CURRENCY: /^\p{Sc}+$/u,
  IS_QUOTE: /^["'“”‘’«»„‚]+$/u,
  LIKE_NUM: /^[+\-±~]?\p{Nd}+(?:[.,]\p{Nd}+)*$/u,
  LIKE_URL: /^(?:https?:\/\/|www\.)\S+$/iu,
  LIKE_EMAIL: /^\S+@\S+\.\S+$/u,
};

const repeats: Readonly<Record<string, readonly [least: number, most: number]>> = {
  '1': [1, 1],
  '?': [0, 1],
  '*': [0, Infinity],
  '+': [1, Infinity],
};

/**
 * The test that an item of a token pattern stands for, in spaCy's notation.
 * @throws InputError for what is none, or needs more than the text, as lemmas and parts of speech do.
 */
export function readTokenTest(item: unknown): TokenTest {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new InputError(
      phrase`A token of the pattern is no object`,
      phrase`Write each as {"LOWER": "word"}.`,
    );
  }
  const { OP: op = '1', ...attributes } = item as JsonObject;
  const tests = Object.entries(attributes).map(([name, value]) => readAttribute(name, value));
  const holds: Test = (token) => tests.every((test) => test(token));
  if (op === '!') return { holds, least: 1, most: 1, forbidden: true };
  const counted = /^\{(\d*)(,?)(\d*)\}$/u.exec(String(op));
  const [least, most] = counted === null ? (repeats[String(op)] ?? []) : countsOf(counted);
  if (least === undefined || most === undefined || least > most) {
    throw new InputError(
      phrase`The value ${JSON.stringify(op)} of "OP" is not known`,
      phrase`Write one of !, ?, +, *, {n}, {n,m}.`,
    );
  }
  return { holds, least, most };
}

function countsOf([, from = '', comma = '', to = '']: RegExpExecArray): [number, number] {
  const least = from === '' ? 0 : Number(from);
  if (comma === '') return [least, least];
  return [least, to === '' ? Infinity : Number(to)];
}

function readAttribute(given: string, value: unknown): Test {
  const name = given.toUpperCase();
  const flag = flags[name];
  if (flag !== undefined && typeof value === 'boolean')
    return (token) => flag.test(token) === value;
  if (name === 'LENGTH') return readLength(value);
  const view = views[name];
  if (view !== undefined) return readText(name, view, value);
  throw new InputError(
    phrase`The attribute "${given}" cannot be tested`,
    phrase`Use attributes of the text: ${[...Object.keys(views), 'LENGTH', ...Object.keys(flags)].join(', ')}.`,
  );
}

function readText(name: string, view: (token: string) => string, value: unknown): Test {
  if (typeof value === 'string') return (token) => view(token) === value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const tests = Object.entries(value).map(([operator, operand]: [string, unknown]) => {
      if (operator === 'REGEX' && typeof operand === 'string') {
        const regex = compileRegex(operand, 'gu');
        return (token: string) => findWithin(regex, view(token), 0) !== undefined;
      }
      const list = Array.isArray(operand) ? new Set(operand.map(String)) : undefined;
      if (operator === 'IN' && list !== undefined) return (token: string) => list.has(view(token));
      if (operator === 'NOT_IN' && list !== undefined) {
        return (token: string) => !list.has(view(token));
      }
      throw notUnderstood(name, value);
    });
    return (token) => tests.every((test) => test(token));
  }
  throw notUnderstood(name, value);
}

function readLength(value: unknown): Test {
  const compare: Readonly<Record<string, (length: number, other: number) => boolean>> = {
    '==': (length, other) => length === other,
    '!=': (length, other) => length !== other,
    '>=': (length, other) => length >= other,
    '<=': (length, other) => length <= other,
    '>': (length, other) => length > other,
    '<': (length, other) => length < other,
  };
  const wanted = typeof value === 'number' ? { '==': value } : value;
  if (typeof wanted !== 'object' || wanted === null) throw notUnderstood('LENGTH', value);
  const tests = Object.entries(wanted).map(([operator, other]: [string, unknown]) => {
    const holds = compare[operator];
    if (holds === undefined || typeof other !== 'number') throw notUnderstood('LENGTH', value);
    return (token: string) => holds([...token].length, other);
  });
  return (token) => tests.every((test) => test(token));
}

/** @throws InputError when it is not valid. */
export function compileRegex(source: string, flagsOf: string): RegExp {
  try {
    return new RegExp(source, flagsOf);
  } catch (error) {
    throw new InputError(
      phrase`The regular expression is not valid (${error instanceof Error ? error.message : ''})`,
      phrase`Correct it; it is read as JavaScript reads it, with the flag u.`,
    );
  }
}

function notUnderstood(name: string, value: unknown): InputError {
  return new InputError(
    phrase`The value ${JSON.stringify(value)} of "${name}" is not understood`,
    phrase`Write a text, true or false, or an object with REGEX, IN or NOT_IN.`,
  );
}

/** Letters as X and x, digits as d, at most four alike in a row. */
function shapeOf(token: string): string {
  let shape = '';
  for (const character of token) {
    const one = /\p{Lu}/u.test(character)
      ? 'X'
      : /\p{L}/u.test(character)
        ? 'x'
        : /\p{Nd}/u.test(character)
          ? 'd'
          : character;
    if (!shape.endsWith(one.repeat(4))) shape += one;
  }
  return shape;
}
