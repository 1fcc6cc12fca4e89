import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findCommentsAndStrings, supportedLexerLanguages } from '../../../src/core/lexer/lexer';
import { isInsidePair } from '../../../src/core/text/range';
import { runs } from '../scale';

const pieces = [
  ...'"\'`/*#-<>=[](){}$%@\\|:;!&~? \n\t',
  ...['//', '/*', '*/', '"""', "'''", '${', '#{', '{{', '}}', '$(', '\\(', '--[[', ']]', '<<EOF\n'],
  ...['\nEOF\n', '<!--', '-->', '<?php ', '?>', '<script>', '</script>', 'r#"', 'R"(', '=begin\n'],
  ...[
    '\n=end',
    '\r\n',
    '\ud83d',
    '\ude00',
    '😀',
    '\u2028',
    'abc',
    'return ',
    ' * ',
    '%q(',
    '$$',
    ': |\n',
  ],
];

const code: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { maxLength: 60 })
  .map((parts) => parts.join(''));

describe('findCommentsAndStrings, for any text and language', () => {
  it('gives regions in order, inside the text, not empty, that cut no surrogate pair', () => {
    fc.assert(
      fc.property(code, fc.constantFrom(...supportedLexerLanguages), (text, languageId) => {
        let last = 0;
        for (const { start, end } of findCommentsAndStrings(text, languageId) ?? []) {
          assert.ok(start >= last && end > start && end <= text.length, `${start}-${end}`);
          assert.ok(!isInsidePair(text, start) && !isInsidePair(text, end));
          assert.equal(
            text.slice(start, end).replace(/^\s|(?!\ufeff)\s$/g, ''),
            text.slice(start, end),
          );
          last = end;
        }
      }),
      runs(3000),
    );
  });

  it('finds every comment and string that stands between code', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const parts = fc.array(fc.tuple(fc.constantFrom('comment', 'string', 'code'), word));
    fc.assert(
      fc.property(parts, fc.constantFrom('java', 'c', 'go', 'javascript'), (parts, languageId) => {
        const text = parts
          .map(([kind, content]) =>
            kind === 'comment'
              ? `/* ${content} */`
              : kind === 'string'
                ? `f("${content}");`
                : `${content};`,
          )
          .join('\n');
        const expected = parts
          .filter(([kind]) => kind !== 'code')
          .map(([kind, content]) => [kind, content]);
        const found = (findCommentsAndStrings(text, languageId) ?? []).map(
          ({ kind, start, end }) => [kind, text.slice(start, end)],
        );
        assert.deepEqual(found, expected);
      }),
    );
  });
});
