import { afterSpace, atLineStart } from '../conditions';
import { scanDollarQuote, scanUrl } from '../literals';
import type { Language, Rule, StringRule } from '../rules';
import { atScalarStart, scanBlockScalar } from '../yamlScalars';

const double: StringRule = { type: 'string', open: '"', close: '"', escape: '\\' };
const single: StringRule = { type: 'string', open: "'", close: "'", escape: '\\' };
const hash: Rule = { type: 'lineComment', open: '#' };
const blockComment: Rule = { type: 'blockComment', open: '/*', close: '*/' };

// Comments, which strict JSON has not, cannot be mistaken for anything else in it.
const json: Language = { rules: [{ type: 'lineComment', open: '//' }, blockComment, double] };

const yaml: Language = {
  rules: [
    { type: 'lineComment', open: '#', when: afterSpace },
    { type: 'literal', open: '|', scan: scanBlockScalar },
    { type: 'literal', open: '>', scan: scanBlockScalar },
    { ...double, multiline: true, when: atScalarStart },
    {
      type: 'string',
      open: "'",
      close: "'",
      doubles: true,
      multiline: true,
      when: atScalarStart,
    },
  ],
};

const toml: Language = {
  rules: [
    hash,
    { ...double, open: '"""', close: '"""', multiline: true },
    { type: 'string', open: "'''", close: "'''", multiline: true },
    double,
    { type: 'string', open: "'", close: "'" },
  ],
};

const ini: Language = {
  rules: [
    { type: 'lineComment', open: ';', when: atLineStart },
    { type: 'lineComment', open: '#', when: atLineStart },
    double,
  ],
};

const sql: Language = {
  rules: [
    { type: 'lineComment', open: '--' },
    { ...blockComment, nested: true },
    { type: 'lineComment', open: '#', when: atLineStart },
    { type: 'literal', open: '$', scan: scanDollarQuote },
    { type: 'string', open: "'", close: "'", doubles: true, multiline: true },
    { type: 'string', open: '"', close: '"', doubles: true, multiline: true },
  ],
};

const css: Language = {
  rules: [blockComment, { type: 'literal', open: 'url(', scan: scanUrl }, double, single],
};

const scss: Language = { rules: [{ type: 'lineComment', open: '//' }, ...css.rules] };

const dockerfile: Language = {
  rules: [{ type: 'lineComment', open: '#', when: atLineStart }, double, single],
};

/** Languages of data, queries and styles. */
export const data: Readonly<Record<string, Language>> = {
  json,
  jsonc: json,
  json5: { rules: [...json.rules, single] },
  jsonl: json,
  yaml,
  dockercompose: yaml,
  toml,
  ini,
  properties: ini,
  sql,
  css,
  scss,
  less: scss,
  dockerfile,
};
