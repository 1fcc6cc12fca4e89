import assert from 'node:assert/strict';
import { segmentText } from '../../../src/host/segmentText';
import type { SegmentParams } from '../../../src/host/protocol';

function passages(params: SegmentParams): string[] {
  const { offsets } = segmentText(params);
  const found: string[] = [];
  for (let at = 0; at < offsets.length; at += 2) {
    found.push(params.text.slice(offsets[at], offsets[at + 1]));
  }
  return found;
}

describe('segmentText', () => {
  it('gives the paragraphs of prose', () => {
    const text = '  Ada met Bob.\nThey talked.\n\nThen Ada left. \n';
    assert.deepEqual(passages({ text, languageId: 'plaintext' }), [
      'Ada met Bob.\nThey talked.',
      'Then Ada left.',
    ]);
  });

  it('cuts a long paragraph at sentence borders and loses nothing', () => {
    const text = 'The river Aare flows through the city of Bern. '.repeat(300).trim();
    const found = passages({ text, languageId: 'plaintext' });
    assert.ok(found.length > 3);
    for (const passage of found) {
      assert.ok(passage.length <= 4000);
      assert.match(passage, /^The .*\.$/s);
    }
    assert.equal(found.join(' '), text);
  });

  it('leaves a giant sentence whole', () => {
    const text = 'word '.repeat(2000).trim();
    assert.deepEqual(passages({ text, languageId: 'plaintext' }), [text]);
  });

  it('has no passages for white space', () => {
    assert.deepEqual(segmentText({ text: ' \n\t\n', languageId: 'plaintext' }), {
      offsets: [],
      lexed: true,
    });
  });

  const code = "// Written in Oslo.\nconst city = 'Paris'; /* Ada */\n";

  it('limits itself to comments, strings, or both', () => {
    const of = (...only: ('comments' | 'strings')[]): string[] =>
      passages({ text: code, languageId: 'typescript', only });
    assert.deepEqual(of('comments'), ['Written in Oslo.', 'Ada']);
    assert.deepEqual(of('strings'), ['Paris']);
    assert.deepEqual(of('comments', 'strings'), ['Written in Oslo.', 'Paris', 'Ada']);
  });

  it('says so when a language has no lexer, and covers the whole text', () => {
    const result = segmentText({ text: code, languageId: 'brainfuck', only: ['comments'] });
    assert.equal(result.lexed, false);
    assert.ok(result.offsets.length > 0);
    assert.equal(segmentText({ text: code, languageId: 'brainfuck' }).lexed, true);
  });
});
