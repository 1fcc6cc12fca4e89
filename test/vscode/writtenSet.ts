import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './places';

interface WrittenLine {
  readonly text: string;
  readonly entities: readonly {
    readonly start: number;
    readonly end: number;
    readonly label: string;
  }[];
}

/**
 * A DynamicNER file of that many written sentences in several scripts, as the entries' texts: every
 * kind of entry that editors trip over is among them, laid out as files in the wild are.
 */
export function writtenEntries(count: number): string[] {
  const lines = ['en', 'zh', 'ru'].flatMap((language) => readCorpus(language));
  return Array.from({ length: count }, (_, index) => {
    const line = lines[(index * 7919) % lines.length];
    if (line === undefined) throw new Error('The corpus is empty.');
    const letters = [...line.text];
    const entity = line.entities.map(({ start, end }) => letters.slice(start, end).join(''));
    const category = line.entities.map(({ label }) => label);
    const [first] = entity;
    let sentence = `Item${index + 1} ${line.text}`;
    if (first !== undefined && index % 10 === 1) {
      // The same mention twice, only the later one marked last, so that the order is not that of the text.
      sentence += ` ${first}!`;
      entity.push(first);
      category.push('company');
    } else if (first?.includes(' ') === true && index % 10 === 2) {
      entity.push(first.split(' ')[0] ?? '');
      category.push('city');
    } else if (index % 10 === 3) {
      entity.push('Nowhere At All');
      category.push('city');
    } else if (index % 10 === 4) {
      entity.reverse();
      category.reverse();
    }
    return entryText(index, { sentence, entity, category });
  });
}

/** The file that holds the entries. */
export function fileOf(entries: readonly string[]): string {
  return `{\n${entries.join(',\n')}\n}\n`;
}

/** Most entries are laid out as Python's json module does with an indent of 4, some otherwise. */
function entryText(index: number, entry: object): string {
  const key = JSON.stringify(`sentence${index + 1}`);
  if (index % 10 === 5) return `${key}:${JSON.stringify(entry)}`;
  if (index % 10 === 6) {
    const ascii = JSON.stringify({ ...entry, source: { page: index } }).replace(
      /[\u0080-\uffff]/gu,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return `  ${key} : ${ascii.replaceAll(',"', ' ,  "')}`;
  }
  const text = JSON.stringify(entry, null, 4);
  return `    ${key}: ${text.replaceAll('\n', '\n    ')}`;
}

function readCorpus(language: string): WrittenLine[] {
  const file = path.join(root, `training/corpus/train/dynamicner-written-${language}.jsonl.gz`);
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as WrittenLine);
}
