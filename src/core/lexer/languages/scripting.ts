import {
  after,
  afterPrefix,
  afterSpace,
  atLineFirst,
  atLineStart,
  atWordStart,
} from '../conditions';
import { scanPhpHeredoc, scanRubyHeredoc, scanShellHeredoc } from '../heredocs';
import { scanDelimitedRaw, scanLongBracket, scanPercentString } from '../literals';
import { scanRegex } from '../regexLiterals';
import type { Hole, Language, Rule, StringRule } from '../rules';

const hash: Rule = { type: 'lineComment', open: '#' };
const double: StringRule = { type: 'string', open: '"', close: '"', escape: '\\' };
const single: StringRule = { type: 'string', open: "'", close: "'", escape: '\\' };
const braces: Hole = { open: '{', nest: '{', close: '}', doubled: true };

const isFormatted = afterPrefix(/^(?:[ft]r?|r[ft])$/i);
const pythonStrings: readonly StringRule[] = ['"""', "'''", '"', "'"].flatMap((quote) => {
  const rule: StringRule = {
    type: 'string',
    open: quote,
    close: quote,
    escape: '\\',
    multiline: quote.length === 3,
  };
  return [{ ...rule, holes: [braces], when: isFormatted }, rule];
});

const python: Language = { rules: [hash, ...pythonStrings] };

const rubyHole: Hole = { open: '#{', nest: '{', close: '}' };

const ruby: Language = {
  rules: [
    hash,
    { type: 'blockComment', open: '=begin', close: '\n=end', when: atLineFirst },
    { type: 'literal', open: '<<', scan: scanRubyHeredoc },
    { type: 'literal', open: '%', scan: scanPercentString },
    { type: 'literal', open: '/', scan: scanRegex },
    { ...double, multiline: true, holes: [rubyHole] },
    { ...single, multiline: true },
    { ...double, open: '`', close: '`', holes: [rubyHole] },
  ],
};

const perl: Language = {
  rules: [
    { type: 'lineComment', open: '#', when: afterSpace },
    { type: 'blockComment', open: '=pod', close: '\n=cut', when: atLineFirst },
    { type: 'blockComment', open: '=head', close: '\n=cut', when: atLineFirst },
    { type: 'literal', open: '<<', scan: scanRubyHeredoc },
    { ...double, multiline: true },
    { ...single, multiline: true, when: ({ text, at }) => !/[\w$&]/.test(text.charAt(at - 1)) },
  ],
};

const phpHole: Hole = { open: '{$', nest: '{', close: '}' };

/** PHP between `<?php` and `?>`. */
export const phpCode: Language = {
  rules: [
    { type: 'lineComment', open: '//' },
    { type: 'lineComment', open: '#', when: ({ text, at }) => text.charAt(at + 1) !== '[' },
    { type: 'blockComment', open: '/*', close: '*/' },
    { type: 'literal', open: '<<<', scan: scanPhpHeredoc },
    {
      ...double,
      multiline: true,
      holes: [phpHole, { open: '${', nest: '{', close: '}', plain: true }],
    },
    { ...single, multiline: true },
    { ...double, open: '`', close: '`', multiline: true },
  ],
  codeEnd: '?>',
};

const shellSubstitution: Hole = { open: '$(', nest: '(', close: ')' };
const shellParameter: Hole = { open: '${', nest: '{', close: '}', plain: true };

const shellscript: Language = {
  rules: [
    { type: 'lineComment', open: '#', when: atWordStart },
    { type: 'literal', open: '<<', scan: scanShellHeredoc },
    { ...double, multiline: true, holes: [shellSubstitution, shellParameter] },
    { ...single, multiline: true, when: after('$') },
    { type: 'string', open: "'", close: "'", multiline: true },
  ],
  codeEscape: '\\',
};

const powershell: Language = {
  rules: [
    { type: 'blockComment', open: '<#', close: '#>' },
    { type: 'lineComment', open: '#', when: atWordStart },
    { type: 'string', open: '@"', close: '\n"@', multiline: true, holes: [shellSubstitution] },
    { type: 'string', open: "@'", close: "\n'@", multiline: true },
    {
      type: 'string',
      open: '"',
      close: '"',
      escape: '`',
      doubles: true,
      multiline: true,
      holes: [shellSubstitution],
    },
    { type: 'string', open: "'", close: "'", doubles: true, multiline: true },
  ],
  codeEscape: '`',
};

const lua: Language = {
  rules: [
    { type: 'literal', open: '--[', scan: scanLongBracket },
    { type: 'lineComment', open: '--' },
    { type: 'literal', open: '[', scan: scanLongBracket },
    double,
    single,
  ],
};

const r: Language = {
  rules: [
    hash,
    { type: 'literal', open: '"', scan: scanDelimitedRaw },
    { ...double, multiline: true },
    { ...single, multiline: true },
  ],
};

const julia: Language = {
  rules: [
    { type: 'blockComment', open: '#=', close: '=#', nested: true },
    hash,
    { ...double, open: '"""', close: '"""', multiline: true },
    { ...double, multiline: true, holes: [{ open: '$(', nest: '(', close: ')' }] },
  ],
};

const elixir: Language = {
  rules: [
    hash,
    { ...double, open: '"""', close: '"""', multiline: true, holes: [rubyHole] },
    { ...single, open: "'''", close: "'''", multiline: true, holes: [rubyHole] },
    { ...double, multiline: true, holes: [rubyHole] },
    { ...single, multiline: true, holes: [rubyHole] },
  ],
};

const bat: Language = {
  rules: [
    { type: 'lineComment', open: '::', when: atLineStart },
    ...['REM ', 'rem ', 'Rem '].map((open): Rule => ({
      type: 'lineComment',
      open,
      when: atLineStart,
    })),
    { type: 'string', open: '"', close: '"' },
  ],
};

const makefile: Language = { rules: [hash] };

/** Languages of scripts, most of them with `#` for comments. */
export const scripting: Readonly<Record<string, Language>> = {
  python,
  ruby,
  perl,
  shellscript,
  powershell,
  lua,
  r,
  julia,
  elixir,
  bat,
  makefile,
};
