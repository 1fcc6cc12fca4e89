import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PassageData } from '../../../src/core/formats/format';
import { detectFormat, findFormat } from '../../../src/core/formats/formats';
import { readTags, writeTags, type TagScheme } from '../../../src/core/formats/tagSchemes';
import { bytesOf, readPassages, write } from './streams';

const folder = path.join(import.meta.dirname, '../../fixtures/formats');
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const readJson = <T>(name: string) => JSON.parse(read(name)) as T;

function formatNamed(name: string) {
  const format = findFormat(name);
  assert.ok(format, name);
  return format;
}

function mentionsOf({ text, entities }: PassageData): string[] {
  return entities.map(
    ({ start, end, path: type }) => `${text.slice(start, end)} ${type.join('/')}`,
  );
}

describe('golden files of other tools (test/golden/make_formats.py)', () => {
  interface Tagged {
    readonly tokens: readonly string[];
    readonly biluo: readonly string[];
    readonly iob: readonly string[];
    readonly mentions: readonly string[];
    readonly labels: readonly string[];
  }
  const tagged = readJson<Tagged[]>('spacy-biluo.json');
  const expected = tagged.map(({ mentions, labels }) =>
    mentions.map((mention, at) => `${mention} ${labels[at] ?? ''}`),
  );

  it('spaCy: documents with their entities, emoji and combining marks', async () => {
    const content = read('spacy-docs.jsonl');
    assert.equal(detectFormat(bytesOf(content))?.name, 'spacy');
    const passages = await readPassages(formatNamed('spacy'), content);
    assert.deepEqual(passages.map(mentionsOf), expected);
    const again = await readPassages(
      formatNamed('spacy'),
      await write(formatNamed('spacy'), passages),
    );
    assert.deepEqual(again.map(mentionsOf), expected);
  });

  it('spaCy: BILUO and IOB tags as columns', async () => {
    for (const [format, key] of [
      ['bilou', 'biluo'],
      ['bio', 'iob'],
    ] as const) {
      const content = tagged
        .map((one) => one.tokens.map((token, at) => `${token} ${one[key][at] ?? ''}\n`).join(''))
        .join('\n');
      const passages = await readPassages(formatNamed(format), content);
      const bare = (lists: readonly string[][]) =>
        lists.map((list) => list.map((one) => one.replaceAll(' ', '')));
      assert.deepEqual(bare(passages.map(mentionsOf)), bare(expected));
    }
  });

  it('seqeval: the chunks of well-formed and of broken tags', () => {
    interface Case {
      readonly scheme: TagScheme;
      readonly tags: readonly string[];
      readonly chunks: readonly [number, number, string][];
      readonly broken: boolean;
    }
    const cases = readJson<Case[]>('seqeval-chunks.json');
    assert.ok(cases.length > 200);
    for (const { scheme, tags, chunks, broken } of cases) {
      const found = readTags(tags, scheme);
      const said = `${scheme} ${tags.join(' ')}`;
      assert.deepEqual(
        found.chunks.map(({ first, end, type }) => [first, end, type]),
        chunks,
        said,
      );
      if (broken) continue;
      assert.deepEqual(found.problems, [], said);
      assert.deepEqual(writeTags(tags.length, found.chunks, scheme), tags, said);
    }
  });

  it('conllu: words, words written as one, and MISC', async () => {
    interface Parsed {
      readonly id: string;
      readonly text: string;
      readonly forms: readonly string[];
      readonly tags: readonly (string | null)[];
    }
    const content = read('written.conllu');
    const parsed = readJson<Parsed[]>('written.conllu.json');
    assert.equal(detectFormat(bytesOf(content))?.name, 'conllu');
    const passages = await readPassages(formatNamed('conllu'), content);
    assert.deepEqual(
      passages.map(({ id, text }) => [id, text]),
      parsed.map(({ id, text }) => [id, text]),
    );
    assert.deepEqual(passages.map(mentionsOf), [['Tess person', 'New Elm city'], ['Otto person']]);
    const begun = parsed.map(({ tags }) => tags.filter((tag) => tag?.startsWith('B-')).length);
    assert.deepEqual(
      passages.map(({ entities }) => entities.length),
      begun,
    );
  });
});
