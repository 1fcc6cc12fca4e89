import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CharacterClass, classOf, isSpace } from '../../../src/core/text/characters';
import { CodePointMap } from '../../../src/core/text/offsets';
import { splitWords } from '../../../src/core/text/words';
import { unspacedTexts } from '../../fixtures/text/unspacedTexts';
import { textsOf } from './rangeChecks';

const folder = join(import.meta.dirname, '../../fixtures/text');

interface PythonGolden {
  readonly unicode: string;
  readonly wordCharacters: readonly [number, number][];
  readonly spaces: readonly [number, number][];
  readonly unassigned: readonly [number, number][];
  readonly lines: readonly { text: string; words: [number, number][] }[];
}

const python = readJson('python-words.json') as PythonGolden;

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

/** Whether code points pass, as one byte for each. */
function membership(ranges: readonly [number, number][]): Uint8Array {
  const members = new Uint8Array(0x110000);
  for (const [first, last] of ranges) members.fill(1, first, last + 1);
  return members;
}

describe('the reference words beside Python', () => {
  it('has the same letters and digits, but for code points that are newer than Python', () => {
    const letters = membership(python.wordCharacters);
    const unassigned = membership(python.unassigned);
    const isLetter = /^[\p{L}\p{N}_]$/u;
    const differing: string[] = [];
    for (let codePoint = 0; codePoint < 0x110000; codePoint++) {
      if (unassigned[codePoint] === 1) continue;
      if (isLetter.test(String.fromCodePoint(codePoint)) !== (letters[codePoint] === 1)) {
        differing.push(codePoint.toString(16));
      }
    }
    assert.deepEqual(differing, []);
  });

  it('classes as letters what Python does, in the scripts with spaces', () => {
    const letters = membership(python.wordCharacters);
    const unassigned = membership(python.unassigned);
    const kinds: number[] = [CharacterClass.word, CharacterClass.upper, CharacterClass.lower];
    const differing: string[] = [];
    // The blocks up to Hangul's end hold every kind of character; planes beyond are Han mostly.
    for (let codePoint = 0; codePoint < 0x11400; codePoint++) {
      const kind = classOf(codePoint);
      if (unassigned[codePoint] === 1 || kind === CharacterClass.unspaced) continue;
      const isLetter = kinds.includes(kind) || codePoint === 0x5f;
      if (isLetter !== (letters[codePoint] === 1)) differing.push(codePoint.toString(16));
    }
    assert.deepEqual(differing, []);
  });

  it('has the same white space', () => {
    const spaces = membership(python.spaces);
    const differing: string[] = [];
    for (let codePoint = 0; codePoint < 0x11000; codePoint++) {
      if (isSpace(codePoint) !== (spaces[codePoint] === 1)) differing.push(codePoint.toString(16));
    }
    assert.deepEqual(differing, []);
  });

  it('splits lines of many scripts, symbols and broken text as Python does', () => {
    for (const { text, words } of python.lines) {
      const map = new CodePointMap(text);
      const found = splitWords(text).map(({ start, end }) => [
        map.toCodePoint(start),
        map.toCodePoint(end),
      ]);
      assert.deepEqual(found, words, JSON.stringify(text));
    }
  });
});

describe('words of scripts without spaces', () => {
  it('are those of the golden of this version of Node', () => {
    const majors = readdirSync(folder)
      .map((name) => /^words-node(\d+)\.json$/.exec(name)?.[1])
      .filter((major) => major !== undefined)
      .map(Number);
    const running = Number(process.versions.node.split('.')[0]);
    // A newer Node than the goldens know must not differ from the newest that they know.
    const major = majors.includes(running) ? running : Math.max(...majors);
    const golden = readJson(`words-node${major}.json`) as { words: string[][] };
    unspacedTexts.forEach((text, i) => {
      assert.deepEqual(textsOf(text, splitWords(text)), golden.words[i], text);
    });
  });

  it('have goldens of three versions, whose differences are listed', () => {
    const list = readJson('words-differences.json') as {
      versions: { node: string }[];
      differences: { text: string; variants: Record<string, string[]> }[];
    };
    const goldens = list.versions.map(
      ({ node }) => readJson(`words-node${node.split('.')[0] ?? ''}.json`) as { words: string[][] },
    );
    assert.equal(goldens.length, 3);
    const differing = unspacedTexts.filter(
      (_, i) => new Set(goldens.map(({ words }) => words[i]?.join('|'))).size > 1,
    );
    assert.deepEqual(
      list.differences.map(({ text }) => text),
      differing,
    );
  });
});
