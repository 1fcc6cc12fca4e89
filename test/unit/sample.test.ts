import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dynamicNerTaxonomy } from '../../src/core/labels/dynamicner';

const text = readFileSync('media/samples/expedition.md', 'utf8');
const lines = readFileSync('media/samples/expedition.jsonl', 'utf8').split('\n');

interface GoldEntity {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly path: readonly string[];
}
const gold = JSON.parse(lines[0] ?? '') as {
  readonly id: string;
  readonly text: string;
  readonly entities: readonly GoldEntity[];
};
const codePoints = [...text];
const mentions = gold.entities.map((entity) => ({
  ...entity,
  mention: codePoints.slice(entity.start, entity.end).join(''),
}));

describe('the sample document and its gold', () => {
  it('is one passage with exactly the text of the file', () => {
    assert.deepEqual(lines.slice(1), ['']);
    assert.equal(gold.id, 'expedition.md');
    assert.equal(gold.text, text);
  });

  it('counts offsets in code points, in order and without overlap', () => {
    assert.ok(text.length > codePoints.length, 'a character outside the BMP comes first');
    let end = 0;
    for (const entity of gold.entities) {
      assert.ok(entity.start >= end && entity.end > entity.start, JSON.stringify(entity));
      end = entity.end;
    }
    assert.ok(end <= codePoints.length);
  });

  it('marks whole words, without white space or markup at the edges', () => {
    for (const { mention, start, end } of mentions) {
      assert.match(mention, /^[\p{L}\p{N}].*[\p{L}\p{N}]$/u);
      assert.doesNotMatch(
        `${codePoints[start - 1] ?? ''}${codePoints[end] ?? ''}`,
        /[\p{L}\p{N}]/u,
      );
    }
  });

  it('gives every entity a full path of the taxonomy', () => {
    for (const { mention, label, path } of mentions) {
      assert.equal(path.length, 3, mention);
      assert.equal(path.at(-1), label, mention);
      assert.deepEqual(
        dynamicNerTaxonomy.node(path)?.path,
        path,
        `${mention}: ${path.join(' > ')}`,
      );
    }
  });

  it('leaves no second occurrence of a marked mention unmarked', () => {
    const covered = codePoints.map(() => false);
    for (const { start, end } of gold.entities) covered.fill(true, start, end);
    for (const mention of new Set(mentions.map((entity) => entity.mention))) {
      const escaped = mention.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const word = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu');
      for (const { index } of text.matchAll(word)) {
        assert.ok(covered[[...text.slice(0, index)].length], `${mention} at ${index}`);
      }
    }
  });

  it('is rich in types and of the length of an article', () => {
    const words = text.split(/\s+/).length;
    assert.ok(words > 750 && words < 950, `${words} words`);
    assert.ok(new Set(gold.entities.map((entity) => entity.label)).size >= 70);
    assert.equal(new Set(gold.entities.map((entity) => entity.path[0])).size, 8);
  });
});
