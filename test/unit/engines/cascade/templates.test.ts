import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cascadePrompts } from '../../../../src/engines/cascade/prompts';
import {
  fixedDemonstrations,
  nearestDemonstrations,
  SentenceVectors,
} from '../../../../src/engines/demonstrations';
import { compileTemplate, loadTemplates } from '../../../../src/engines/templates';

describe('prompt templates', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prompts-'));
    mkdirSync(path.join(folder, 'cascade'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('of a folder take the place of the built-in ones', async () => {
    writeFileSync(path.join(folder, 'cascade/extract.txt'), 'Mark {{##}} in: {sentence}\n');
    const templates = await loadTemplates(cascadePrompts, folder);
    assert.equal(templates.extract({ sentence: 'a {b} $& c' }), 'Mark {##} in: a {b} $& c');
    assert.equal(templates.system({}), 'You are a helpful assistant.');
  });

  it('are checked when they are loaded', async () => {
    for (const [text, message] of [
      ['Mark it.', /extract\.txt: The template lacks \{sentence\}/u],
      ['{sentence}\n{text}', /extract\.txt:2: The template has no use for \{text\}.*\{sentence\}/u],
      ['{sentence} {', /extract\.txt:1: A single brace/u],
    ] as const) {
      writeFileSync(path.join(folder, 'cascade/extract.txt'), text);
      await assert.rejects(loadTemplates(cascadePrompts, folder), message);
    }
  });

  it('fill what they are given and nothing else', () => {
    const template = compileTemplate('{a}{{b}}{c}', { text: '', needs: ['a'], may: ['c'] }, 't');
    assert.equal(template({ a: '{c}', c: '' }), '{c}{b}');
  });
});

describe('demonstrations', () => {
  const pool = ['aaa', 'aab', 'bbb', 'abb'].map((text) => ({ text, entities: [] }));
  const embed = (texts: readonly string[]) =>
    Promise.resolve(
      texts.map((text) =>
        Float32Array.from(['a', 'b'].map((letter) => text.split(letter).length - 1)),
      ),
    );
  const signal = new AbortController().signal;

  it('are the first ones', async () => {
    const chosen = await fixedDemonstrations(pool, 2)('x', signal);
    assert.deepEqual(chosen, pool.slice(0, 2));
  });

  it('are the nearest ones, the likest last, never the sentence itself', async () => {
    const choose = nearestDemonstrations(pool, 2, embed);
    assert.deepEqual(
      (await choose('ab', signal)).map(({ text }) => text),
      ['abb', 'aab'],
    );
    assert.deepEqual(
      (await choose('aaa', signal)).map(({ text }) => text),
      ['abb', 'aab'],
    );
    assert.deepEqual(await nearestDemonstrations([], 2, embed)('ab', signal), []);
  });

  it('take each vector once from the encoder', async () => {
    const { signal } = new AbortController();
    const vectors = new SentenceVectors();
    const asked: string[][] = [];
    const embed = (texts: readonly string[]): Promise<Float32Array[]> => {
      asked.push([...texts]);
      return Promise.resolve(texts.map((text) => Float32Array.of(text.length)));
    };
    await vectors.by(embed)(['a', 'bb'], signal);
    const again = await vectors.by(embed)(['ccc', 'a', 'dddd', 'bb'], signal);
    assert.deepEqual(
      again.map(([length]) => length),
      [3, 1, 4, 2],
    );
    assert.deepEqual(asked, [
      ['a', 'bb'],
      ['ccc', 'dddd'],
    ]);
  });
});
