import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Passage } from '../../../src/engines/engine';

const folder = path.resolve(__dirname, '../../../training/corpus/dev');

/** The first `count` sentences of the written development sets in English, then in other languages. */
export function devSentences(count: number): Passage[] {
  const sets = ['en', 'en-2', 'de', 'zh', 'ja', 'ru', 'ko', 'es', 'fr'];
  const sentences: Passage[] = [];
  for (const set of sets) {
    const file = path.join(folder, `dynamicner-written-${set}-dev.jsonl.gz`);
    for (const line of gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')) {
      if (sentences.length === count) return sentences;
      const { id, text } = JSON.parse(line) as { id: string; text: string };
      sentences.push({ id, text });
    }
  }
  throw new Error(`the corpus has only ${sentences.length} sentences, not ${count}`);
}

/** The first `count` sentences of the written development set of a language, with the language. */
export function devSentencesIn(lang: string, count: number): Passage[] {
  const file = path.join(folder, `dynamicner-written-${lang}-dev.jsonl.gz`);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').slice(0, count);
  return lines.map((line) => {
    const { id, text } = JSON.parse(line) as { id: string; text: string };
    return { id, text, lang };
  });
}

/** Languages that there are written development sets in. */
export const devLanguages = ['en', 'de', 'fr', 'es', 'ru', 'zh', 'ja', 'ko'];
