import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import type { Pattern } from './pattern';
import { compileRegex, readTokenTest } from './tokenTests';

/**
 * Reads a file of patterns. Lines of JSON are Prodigy's and spaCy's `{"label", "pattern"}`, the pattern
 * a phrase or a list of tokens, or `{"label", "regex", "flags"?}`. Any other file is a list of words: a
 * line `[label]` names the type of the mentions below it, `label<TAB>mention` that of its own; `#` begins
 * a comment.
 * @throws InputError that names the line of what cannot be used.
 */
export function readPatterns(text: string, source: string): Pattern[] {
  const lines = text.replace(/^\ufeff/u, '').split(/\r?\n/u);
  const isJson =
    lines
      .find((line) => line.trim() !== '')
      ?.trimStart()
      .startsWith('{') === true;
  let label: string | undefined;
  return lines.flatMap((line, index): Pattern[] => {
    const number = index + 1;
    if (line.trim() === '') return [];
    try {
      if (isJson) return [readJsonLine(line, number)];
      const heading = /^\[(.+)\]\s*$/u.exec(line)?.[1];
      if (heading !== undefined) label = heading.trim();
      if (heading !== undefined || line.startsWith('#')) return [];
      return [readWordLine(line, label, number)];
    } catch (error) {
      throw error instanceof InputError ? error.at({ source, line: number }) : error;
    }
  });
}

function readWordLine(line: string, heading: string | undefined, number: number): Pattern {
  const [first = '', ...others] = line.split('\t').map((cell) => cell.trim());
  const label = others.length > 0 ? first : heading;
  const words = others.length > 0 ? others.join(' ') : first;
  if (label === undefined || label === '' || words === '') {
    throw new InputError(
      phrase`The line has no label`,
      phrase`Write label, tab, mention; or put a line [label] above the mentions.`,
    );
  }
  return { kind: 'phrase', label, phrase: words, line: number };
}

function readJsonLine(line: string, number: number): Pattern {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new InputError(phrase`The line is not JSON`, phrase`Write one whole JSON object a line.`);
  }
  const { label, pattern, regex, flags } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof label !== 'string' || label.trim() === '') {
    throw new InputError(
      phrase`The pattern has no label`,
      phrase`Write {"label": "city", "pattern": "London"}.`,
    );
  }
  if (typeof regex === 'string') {
    const own = typeof flags === 'string' ? flags.replace(/[^ims]/gu, '') : '';
    return { kind: 'regex', label, regex: compileRegex(regex, `gu${own}`), line: number };
  }
  if (typeof pattern === 'string' && pattern.trim() !== '') {
    return { kind: 'phrase', label, phrase: pattern.trim(), line: number };
  }
  if (Array.isArray(pattern) && pattern.length > 0) {
    const tokens = pattern.map((item) => readTokenTest(item));
    return { kind: 'tokens', label, tokens, line: number };
  }
  throw new InputError(
    phrase`"pattern" is neither a phrase nor a list of tokens`,
    phrase`Write {"label": "city", "pattern": "London"} or {"label": "city", "pattern": [{"LOWER": "london"}]}.`,
  );
}
