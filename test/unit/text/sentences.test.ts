import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitParagraphs } from '../../../src/core/text/paragraphs';
import { findSentences, splitSentences } from '../../../src/core/text/sentences';
import { splitWords } from '../../../src/core/text/words';
import { anyText } from './arbitraries';
import { assertCovers, assertRanges, textsOf } from './rangeChecks';
import { runs } from '../scale';

describe('splitSentences, for any text', () => {
  it('gives ranges in order, without outer white space, that cut no word and leave none out', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sentences = splitSentences(text);
        assertRanges(text, sentences);
        for (const sentence of textsOf(text, sentences)) {
          assert.ok(!/^(?!\ufeff)\s|(?!\ufeff)\s$/.test(sentence), JSON.stringify(sentence));
        }
        assertCovers(sentences, splitWords(text, { style: 'split' }));
      }),
      runs(400),
    );
  });

  it('gives sentences that each lie in one paragraph', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const paragraphs = splitParagraphs(text);
        assertRanges(text, paragraphs);
        assertCovers(paragraphs, splitSentences(text));
      }),
      runs(300),
    );
  });

  it('finds in a stretch what it finds in its copy', () => {
    fc.assert(
      fc.property(anyText, fc.nat(300), fc.nat(300), (text, a, b) => {
        const start = Math.min(a, text.length);
        const end = Math.min(start + b, text.length);
        const sentences = splitSentences(text, { start, end });
        assertRanges(text, sentences);
        for (const sentence of sentences) {
          assert.ok(sentence.start >= start && sentence.end <= end);
        }
      }),
    );
  });
});

describe('findSentences', () => {
  it('gives what is found at once, and stops for breath where nothing ends', () => {
    const long = 'Words '.repeat(100_000);
    const text = `Ada came. ${long}went. Bob stayed.`;
    const steps = [...findSentences(text)];
    const sentences = steps.filter((step) => step !== undefined);
    assert.deepEqual(sentences, splitSentences(text));
    assert.equal(sentences.length, 3);
    assert.deepEqual(steps[0], { start: 0, end: 'Ada came.'.length });
    const pauses = steps.slice(1, -2);
    assert.ok(pauses.length >= 20 && pauses.every((step) => step === undefined));
  });

  it('stops for breath after the lines of a long text, and before each sentence', () => {
    const first = 'Ada came in the morning.';
    const steps = findSentences(`${first} `.repeat(100_000));
    const found = Array.from({ length: 3 }, () => steps.next().value);
    assert.deepEqual(found, [undefined, undefined, { start: 0, end: first.length }]);
  });
});
