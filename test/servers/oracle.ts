import { createHash } from 'node:crypto';
import type { TypePath } from '../../src/core/entity/entity';
import type { Range } from '../../src/core/text/range';
import { markSpans } from '../../src/engines/cascade/prompts';
import { answer, type ChatHandler } from './chatServer';

/** A sentence with its right answer. */
export interface GoldSentence {
  readonly text: string;
  readonly entities: readonly (Range & { readonly path: TypePath })[];
}

export interface OracleOptions {
  /**
   * In each sample an entity is dropped with this probability, gets a wrong boundary with a quarter of
   * it, and brings a spurious one with an eighth; with an eighth each, quotes are changed and a mark is
   * missing.
   */
  readonly noise?: number;
  readonly seed?: number;
  /** Milliseconds before each answer. */
  readonly latency?: number;
}

const typeQuestion =
  /^The ##[\s\S]*?## in the sentence: "(?<marked>[\s\S]*)" belong to which entity in the (?<ordinal>\w+) list: (?<list>[^?]*)\?/u;
const ordinals = ['first', 'second', 'third', 'fourth'];

/**
 * Answers both stages of the cascade from gold annotations. What is wrong in an answer depends on the
 * sentence, the sample's seed and the oracle's, and on nothing else.
 */
export function oracle(gold: readonly GoldSentence[], options: OracleOptions = {}): ChatHandler {
  const { noise = 0, seed = 1, latency = 0 } = options;
  const byText = new Map(gold.map((sentence) => [sentence.text, sentence]));
  return (request, response) => {
    const question = request.body.messages?.at(-1)?.content ?? '';
    const sample = Number(request.body['seed'] ?? 0);
    const groups = typeQuestion.exec(question)?.groups;
    const text =
      groups === undefined
        ? markSentence(
            byText.get(question),
            question,
            noise,
            draws(`${seed} ${sample} ${question}`),
          )
        : nameType(byText, groups);
    if (latency === 0) answer(request, response, text);
    else setTimeout(() => answer(request, response, text), latency);
  };
}

function markSentence(
  gold: GoldSentence | undefined,
  question: string,
  noise: number,
  draw: () => number,
): string {
  if (gold === undefined) return question;
  const words = [...gold.text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }));
  const marked: Range[] = [];
  const add = (range: Range | undefined): void => {
    const isFree = marked.every(
      ({ start, end }) => range && (range.end <= start || end <= range.start),
    );
    if (range !== undefined && isFree) marked.push(range);
  };
  for (const { start, end } of gold.entities) {
    const [dropped, moved, spurious] = [draw() < noise, draw() < noise / 4, draw() < noise / 8];
    if (!dropped) add(moved ? moveBoundary({ start, end }, words, draw()) : { start, end });
    if (spurious) add(words[Math.floor(draw() * words.length)]);
  }
  let text = markSpans(gold.text, marked);
  if (draw() < noise / 8) text = text.replace(/["“”]/gu, "'").replaceAll('’', "'");
  if (draw() < noise / 8) text = text.replace('##', '');
  return text;
}

/** One word more or less, at the end or, where there is none, at the beginning. */
function moveBoundary({ start, end }: Range, words: readonly Range[], draw: number): Range {
  const inside = words.filter((word) => word.start >= start && word.end <= end);
  const next = words.find((word) => word.start >= end);
  const before = words.filter((word) => word.end <= start).at(-1);
  if (draw < 0.5 && inside.length > 1) return { start, end: inside.at(-2)?.end ?? end };
  if (next !== undefined) return { start, end: next.end };
  return { start: before?.start ?? start, end };
}

/** The right type at the level that is asked about; the first of the list where it has none that is right. */
function nameType(
  byText: ReadonlyMap<string, GoldSentence>,
  { marked = '', ordinal = '', list = '' }: Readonly<Record<string, string>>,
): string {
  const start = marked.indexOf('##');
  const end = marked.indexOf('##', start + 2) - 2;
  const gold = byText.get(marked.replaceAll('##', ''));
  const path = gold?.entities.find((entity) => entity.start < end && start < entity.end)?.path;
  const offered = list.split(', ');
  const right = path?.[ordinals.indexOf(ordinal)] ?? '';
  return offered.includes(right) ? right : (offered[0] ?? '');
}

/** Numbers in [0, 1) that depend on the text alone. */
function draws(text: string): () => number {
  let state = createHash('sha256').update(text).digest().readUInt32LE(0);
  // Mulberry32: small, and good enough for coins.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
