import type { Engine, ExtractStatistics } from '../../engines/engine';
import { takeTurns } from '../../engines/turns';

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
  return `${done.words.toLocaleString('en')} words in ${done.seconds.toFixed(2)} s, ${speed(done)} words/s, ${name}`;
}

/** Counts and speed for `--stats`, one a line. */
export function describeStatistics(done: ExtractStatistics | undefined, engine: Engine): string {
  if (done === undefined) return `model: ${engine.name} ${engine.model}`;
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  return [
    `model: ${engine.name} ${engine.model}`,
    `passages: ${done.passages}`,
    `sentences: ${done.sentences}, of which ${done.encoded} were encoded`,
    `words: ${done.words}`,
    `seconds: ${done.seconds.toFixed(2)}`,
    `words per second: ${speed(done)}`,
    `peak memory: ${megabytes} MB`,
    ...describeQuestions(done),
  ].join('\n');
}

function describeQuestions({ asked }: ExtractStatistics): string[] {
  if (asked === undefined) return [];
  const { questions, requests, cached, shared, failed, saved, seconds } = asked;
  return [
    `questions: ${questions}, of which ${cached} were answered from the disk and ${shared} by another one in flight`,
    `requests: ${requests}, of which ${failed} failed`,
    `questions saved by certainty: ${saved}`,
    `tokens: ${asked.promptTokens} of questions, ${asked.completionTokens} of answers`,
    `seconds of asking: ${seconds.toFixed(2)}`,
  ];
}

function speed({ words, seconds }: ExtractStatistics): string {
  return Math.round(words / Math.max(0.001, seconds)).toLocaleString('en');
}
