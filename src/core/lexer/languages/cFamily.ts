import { after, afterPrefix, notInWord } from '../conditions';
import {
  scanCharacter,
  scanCsharpRaw,
  scanDelimitedRaw,
  scanRustRaw,
  scanSwiftRaw,
} from '../literals';
import { scanRegex } from '../regexLiterals';
import type { Condition, Hole, Language, Rule, StringRule } from '../rules';

const lineComment: Rule = { type: 'lineComment', open: '//' };
const blockComment: Rule = { type: 'blockComment', open: '/*', close: '*/' };
const nestedComment: Rule = { ...blockComment, nested: true };
const comments = [lineComment, blockComment];
const nestedComments = [lineComment, nestedComment];

const character: Rule = { type: 'literal', open: "'", scan: scanCharacter };
const double: StringRule = { type: 'string', open: '"', close: '"', escape: '\\' };
const single: StringRule = { type: 'string', open: "'", close: "'", escape: '\\' };
const tripleDouble: StringRule = { ...double, open: '"""', close: '"""', multiline: true };
const tripleSingle: StringRule = { ...single, open: "'''", close: "'''", multiline: true };

const dollarBraces: Hole = { open: '${', nest: '{', close: '}' };
const braces: Hole = { open: '{', nest: '{', close: '}', doubled: true };

const c: Language = { rules: [...comments, double, character] };

const cpp: Language = {
  rules: [...comments, { type: 'literal', open: '"', scan: scanDelimitedRaw }, ...c.rules.slice(2)],
};

const java: Language = { rules: [...comments, tripleDouble, double, character] };

// After "http:" no comment begins: text of JSX elements stands unquoted in the code.
const notInUrl: Condition = (place) => !after('http:', 'https:', 'ftp:', 'file:', 'ws:')(place);

// In text of JSX elements an apostrophe after a letter is no quotation mark: "don't".
const notAfterLetter: Condition = (place) =>
  notInWord(place) || afterPrefix(/^(?:case|in|of|from|as)$/)(place);

const javascript: Language = {
  rules: [
    { type: 'lineComment', open: '//', when: notInUrl },
    blockComment,
    { type: 'lineComment', open: '#!', when: ({ at }) => at === 0 },
    { type: 'literal', open: '/', scan: scanRegex },
    double,
    { ...single, when: notAfterLetter },
    {
      type: 'string',
      open: '`',
      close: '`',
      escape: '\\',
      multiline: true,
      holes: [dollarBraces],
    },
  ],
};

const csharp: Language = {
  rules: [
    ...comments,
    {
      type: 'string',
      open: '"',
      close: '"',
      doubles: true,
      multiline: true,
      holes: [braces],
      when: after('$@', '@$'),
    },
    { type: 'string', open: '"', close: '"', doubles: true, multiline: true, when: after('@') },
    { type: 'literal', open: '"""', scan: scanCsharpRaw },
    { ...double, holes: [braces], when: after('$') },
    double,
    character,
  ],
};

const go: Language = {
  rules: [
    ...comments,
    double,
    { type: 'string', open: '`', close: '`', multiline: true },
    character,
  ],
};

const rust: Language = {
  rules: [
    ...nestedComments,
    { type: 'literal', open: 'r', scan: scanRustRaw },
    { ...double, multiline: true },
    // A lifetime, `'a`, has no closing apostrophe and is stepped over as code.
    character,
  ],
};

const dollarName: Hole = dollarBraces;

const kotlin: Language = {
  rules: [
    ...nestedComments,
    { type: 'string', open: '"""', close: '"""', multiline: true, holes: [dollarName] },
    { ...double, holes: [dollarName] },
    character,
  ],
};

const swiftHole: Hole = { open: '\\(', nest: '(', close: ')' };

const swift: Language = {
  rules: [
    ...nestedComments,
    { type: 'literal', open: '#', scan: scanSwiftRaw },
    { ...tripleDouble, holes: [swiftHole] },
    { ...double, holes: [swiftHole] },
  ],
};

const isRaw = afterPrefix(/^r$/);

const dart: Language = {
  rules: [
    ...nestedComments,
    { type: 'string', open: '"""', close: '"""', multiline: true, when: isRaw },
    { type: 'string', open: "'''", close: "'''", multiline: true, when: isRaw },
    { type: 'string', open: '"', close: '"', when: isRaw },
    { type: 'string', open: "'", close: "'", when: isRaw },
    { ...tripleDouble, holes: [dollarBraces] },
    { ...tripleSingle, holes: [dollarBraces] },
    { ...double, holes: [dollarBraces] },
    { ...single, holes: [dollarBraces] },
  ],
};

const isInterpolated = afterPrefix(/^(?:s|f|raw)$/);

const scala: Language = {
  rules: [
    ...nestedComments,
    {
      type: 'string',
      open: '"""',
      close: '"""',
      multiline: true,
      holes: [dollarBraces],
      when: isInterpolated,
    },
    { type: 'string', open: '"""', close: '"""', multiline: true },
    { ...double, holes: [dollarBraces], when: isInterpolated },
    double,
    character,
  ],
};

const groovy: Language = {
  rules: [
    ...comments,
    { ...tripleDouble, holes: [dollarBraces] },
    tripleSingle,
    { ...double, holes: [dollarBraces] },
    single,
  ],
};

/** Languages whose comments are those of C. */
export const cFamily: Readonly<Record<string, Language>> = {
  javascript,
  javascriptreact: javascript,
  typescript: javascript,
  typescriptreact: javascript,
  java,
  c,
  cpp,
  'objective-c': c,
  'objective-cpp': cpp,
  'cuda-cpp': cpp,
  csharp,
  go,
  rust,
  kotlin,
  swift,
  dart,
  scala,
  groovy,
};
