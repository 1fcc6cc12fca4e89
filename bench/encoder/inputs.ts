import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { LabelSpec } from '../../src/core/labels/labelSpec';
import type { Passage } from '../../src/engines/engine';

/** Folder of the written development sets. */
export const corpus = path.resolve(__dirname, '../../training/corpus/dev');
const english = ['dynamicner-written-en-dev', 'dynamicner-written-en-2-dev', 'open-written-en-dev'];

/** Lists of 4, 25, 155 and 1,000 labels with their names, made of the types of a taxonomy. */
export function labelLists(spec: LabelSpec): [string, LabelSpec][] {
  const types = spec.kind === 'taxonomy' ? spec.types : [];
  const medium = types.flatMap(({ children = [] }) => children);
  const fine = medium.flatMap(({ children = [] }) => children.map(({ name }) => name));
  const qualities = ['old', 'new', 'famous', 'foreign', 'small', 'large', 'local'];
  const many = qualities.flatMap((quality) => fine.map((name) => `${quality} ${name}`));
  return [
    flat(fine.slice(0, 4)),
    flat(fine.slice(0, 25)),
    ['155 types of the taxonomy', spec],
    flat(many.slice(0, 1000)),
  ];
}

function flat(names: readonly string[]): [string, LabelSpec] {
  const labels = names.map((name) => ({ name }));
  return [`${names.length} labels, flat`, { kind: 'flat', id: names.join(), labels }];
}

/** The first sentences of written development sets. */
export function readSentences(count: number, names = english): Passage[] {
  const lines = names.flatMap((name) => {
    const file = path.join(corpus, `${name}.jsonl.gz`);
    return gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  });
  return lines.slice(0, count).map((text, index) => ({
    id: String(index),
    text: (JSON.parse(text) as { text: string }).text,
  }));
}
