import type { Engine, ExtractStatistics } from '../../engines/engine';
import { takeTurns } from '../../engines/turns';
import { countOf } from '../terminal/countOf';

/** Words that are counted between two looks at the clock. */
const stepWords = 1024;

/** Words of a text as a reader counts them, in turns; close enough for a speed, and fast. */
export async function countWords(text: string): Promise<number> {
  const breath = takeTurns();
  const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu;
  let words = 0;
  while (word.test(text)) if (++words % stepWords === 0) await breath();
  return words;
}

/** The last line on a terminal: how fast, and what did it. */
export function closingLine(done: ExtractStatistics | undefined, engine: Engine): string {
  const name = `${engine.name} ${engine.model}`;
  if (done === undefined || done.words === 0) return name;
  const words = countOf(done.words, 'word');
  return `${words} in ${done.seconds.toFixed(2)} s, ${countOf(speed(done), 'word')}/s, ${name}`;
}

/** Counts and speed for `--stats`, one a line. */
export function describeStatistics(done: ExtractStatistics | undefined, engine: Engine): string {
  if (done === undefined) return `model: ${engine.name} ${engine.model}`;
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  return [
    `model: ${engine.name} ${engine.model}`,
    `passages: ${done.passages}`,
    `sentences: ${done.sentences}, encoded: ${done.encoded}`,
    `words: ${done.words}`,
    `seconds: ${done.seconds.toFixed(2)}`,
    `words per second: ${speed(done).toLocaleString('en')}`,
    `peak memory: ${megabytes} MB`,
    ...describeQuestions(done),
  ].join('\n');
}

function describeQuestions({ asked }: ExtractStatistics): string[] {
  if (asked === undefined) return [];
  const { questions, requests, cached, shared, failed, saved, seconds } = asked;
  return [
    `questions: ${questions}, answered from the disk: ${cached}, by another one in flight: ${shared}`,
    `requests: ${requests}, of which ${failed} failed`,
    `questions saved by certainty: ${saved}`,
    `tokens: ${asked.promptTokens} of questions, ${asked.completionTokens} of answers`,
    `seconds of asking: ${seconds.toFixed(2)}`,
  ];
}

function speed({ words, seconds }: ExtractStatistics): number {
  return Math.round(words / Math.max(0.001, seconds));
}
