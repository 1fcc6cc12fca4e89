import { parseArgs } from 'node:util';
import type { PassageData } from '../src/core/formats/format';
import type { Range } from '../src/core/text/range';
import { DynamicNerScorer } from '../src/core/scoring/dynamicnerScorer';
import { EndpointExtractor } from '../src/engines/cascade/endpointExtractor';
import { cascadePrompts } from '../src/engines/cascade/prompts';
import type { AnswerStore } from '../src/engines/endpoint/answerStore';
import type { ChatAnswer } from '../src/engines/endpoint/chatModel';
import type { EndpointEvent } from '../src/engines/endpoint/events';
import type { Questions } from '../src/engines/endpoint/questions';
import { RunAccount } from '../src/engines/endpoint/runAccount';
import { extractorSettingsSchema } from '../src/engines/settings';
import { loadTemplates } from '../src/engines/templates';
import { questionsAt } from '../test/servers/ask';
import { cascadeOf } from '../test/servers/cascade';
import { ChatServer } from '../test/servers/chatServer';
import { asDynamicNer, readDynamicNer, writtenSentences } from '../test/servers/goldSentences';
import { oracle, type OracleOptions } from '../test/servers/oracle';
import { scoreExtraction } from '../test/servers/scoreExtraction';
import { withOracleApart } from './cascade/oracleProcess';

// What the union of samples gains, and whether every connection is kept busy, against an oracle: a server
// that answers from gold annotations, with noise.
//   node --import tsx bench/cascade.ts [--data FILE.json] [--sentences N] [--skip-speed]
// --data: a DynamicNER file; else one is made of the written sentences of the corpus.

const noises = [0, 0.05, 0.1, 0.2, 0.3, 0.4];
const sampleCounts = [1, 3, 5];
const latency = 50;
const connections = 16;
const sentencesOfRun = 1000;
/** Wall time of a run by the least time that its requests can take. */
const mostTimes = 1.15;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    sentences: { type: 'string', default: '400' },
    'skip-speed': { type: 'boolean', default: false },
  },
});

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const all =
    values.data === undefined
      ? await asDynamicNer(writtenSentences())
      : await readDynamicNer(values.data);
  // Spread over the file, and with it over the languages.
  const step = Math.max(1, all.length / Number(values.sentences));
  const gold = all.filter(
    (_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step),
  );
  await bothStages(gold);
  await noiseTable(gold);
  if (!values['skip-speed']) await speed(all);
}

/** Without noise: what the whole cascade exports. */
async function bothStages(gold: readonly PassageData[]): Promise<void> {
  const { scores } = await withOracle(gold, {}, async (url) => {
    const engine = await cascadeOf(
      questionsAt({ url, stream: false }, { concurrency: connections }),
      {
        extractor: { samples: 1, unit: 'passage' },
      },
    );
    return scoreExtraction(engine, gold);
  });
  const nowhere = gold.reduce((sum, { unplaced = [] }) => sum + unplaced.length, 0);
  const mentions = gold.reduce((sum, { entities }) => sum + entities.length, nowhere);
  const inside = gold.reduce((sum, { entities }) => sum + countInside(entities), 0);
  console.log(
    `Without noise, ${gold.length} sentences with ${mentions} mentions, of which ${nowhere} do not occur in their ` +
      `sentence and ${inside} stand inside others, which marks cannot say:`,
  );
  console.log(`  extraction      F1 ${percent(scores.extraction.f1)}`);
  console.log(`  classification  F1 ${percent(scores.classification.f1)}\n`);
}

function countInside(spans: readonly Range[]): number {
  return spans.filter(({ start, end }) =>
    spans.some(
      (other) => other.start <= start && end <= other.end && end - start < other.end - other.start,
    ),
  ).length;
}

/** F1 of extraction by noise and number of samples, with precision and recall. */
async function noiseTable(gold: readonly PassageData[]): Promise<void> {
  console.log(
    `Extraction with noise p and k samples, ${gold.length} sentences: F1 (precision / recall)`,
  );
  console.log(`     p  ${sampleCounts.map((k) => `k = ${k}`.padEnd(22)).join('')}`);
  for (const noise of noises) {
    // The first samples of five are the same as those of one and three: each is asked for once.
    const kept = new Map<string, ChatAnswer>();
    const store: AnswerStore = {
      get: (key) => Promise.resolve(kept.get(key)),
      set: (key, answer) => Promise.resolve(void kept.set(key, answer)),
      clear: () => Promise.resolve(kept.clear()),
    };
    const cells = await withOracle(gold, { noise }, async (url) => {
      const questions = questionsAt({ url, stream: false }, { concurrency: connections, store });
      const scores: string[] = [];
      for (const samples of sampleCounts)
        scores.push(await extractionScore(questions, samples, gold));
      return scores;
    });
    console.log(`  ${noise.toFixed(2)}  ${cells.join('').trimEnd()}`);
  }
  console.log();
}

/** What the first stage alone finds, whatever the types. */
async function extractionScore(
  questions: Questions,
  samples: number,
  gold: readonly PassageData[],
): Promise<string> {
  const extractor = new EndpointExtractor(
    {
      questions,
      templates: await loadTemplates(cascadePrompts),
      demonstrations: () => Promise.resolve([]),
    },
    extractorSettingsSchema.parse({ samples, unit: 'passage' }),
  );
  const scorer = new DynamicNerScorer();
  const passages = gold.map(({ text }, number) => ({ id: String(number), text }));
  let index = 0;
  for await (const { spans } of extractor.extract(passages, {
    labels: { kind: 'flat', id: '', labels: [] },
    overlap: 'flat',
    signal: new AbortController().signal,
    account: new RunAccount(),
  })) {
    const right = gold[index++];
    const entities = spans.map((span) => ({
      ...span,
      path: ['entity'],
      state: 'suggested' as const,
    }));
    if (right !== undefined) scorer.add(right, { text: right.text, entities });
  }
  const { f1, precision, recall } = scorer.scores.extraction;
  return `${percent(f1)} (${percent(precision)} / ${percent(recall)})`.padEnd(22);
}

/** How near a run comes to the least time that its questions can take, and where the rest goes. */
async function speed(gold: readonly PassageData[]): Promise<void> {
  const sentences = Array.from({ length: sentencesOfRun }, (_, index) => {
    const sentence = gold[index % gold.length] ?? { text: '', entities: [] };
    // No two are the same, or they would be asked about once.
    const round = Math.floor(index / gold.length);
    return round === 0 ? sentence : { ...sentence, text: `${sentence.text} ${round}` };
  });
  let underWay = 0;
  const listener = (event: EndpointEvent): void => {
    if (event.kind === 'answered') underWay += event.milliseconds / 1000;
  };
  const start = { gold: sentences, options: { latency } };
  const { statistics, seconds, processor } = await withOracleApart(start, async (url) => {
    const engine = await cascadeOf(
      questionsAt({ url, stream: false }, { concurrency: connections, listener }),
      { extractor: { samples: 3, unit: 'passage' } },
    );
    const [began, used] = [performance.now(), process.cpuUsage()];
    const run = await scoreExtraction(engine, sentences);
    const { user, system } = process.cpuUsage(used);
    return {
      ...run,
      seconds: (performance.now() - began) / 1000,
      processor: (user + system) / 1000,
    };
  });
  const requests = statistics.asked?.requests ?? 0;
  const least = (requests * latency) / 1000 / connections;
  console.log(
    `${sentences.length} sentences, ${requests} requests of ${latency} ms, ${connections} at once: ` +
      `${seconds.toFixed(1)} s, ${(seconds / least).toFixed(2)} times the least ${least.toFixed(1)} s (aim: ${mostTimes})`,
  );
  console.log(
    `  connections busy ${percent(underWay / seconds / connections)} % of the time, ` +
      `a request ${((1000 * underWay) / requests).toFixed(1)} ms as its asker sees it, ` +
      `of which ${(processor / requests).toFixed(2)} ms are processor time of the asker`,
  );
}

async function withOracle<T>(
  gold: readonly PassageData[],
  options: OracleOptions,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const server = await ChatServer.start(oracle(gold, options));
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
