import { splitSentences } from '../src/core/text/sentences';
import { splitWords } from '../src/core/text/words';

// Prints the processor time that sentences and words of 5 MB (UTF-8) take: prose, and one line
// without a blank, which may take at most three times as long. Run with `npx tsx bench/text.ts`.

const BYTES = 5_000_000;

const prose =
  'Dr. Ada Marlow moved to Lisbon in May 2019, where she led a team of 3.5 engineers on average. ' +
  'The river, known as the "Grey Lady", had risen by 12 cm overnight.\n\n' +
  'Nobody at Halden & Sons Ltd. expected it: the bridge (built in 1908) held!\n';

const texts: Readonly<Record<string, string>> = {
  prose: fill(prose),
  'one line without a blank': fill('abcdefghij'),
  'one line without a blank, with stops': fill('ab.c"d)e!f'),
  'only full stops': fill('.'),
  'only backticks': fill('`a'),
  'Chinese prose': fill('昨天下午，研究人员在杭州的实验室里发现了一种新的材料。他们说这很重要。'),
  'Chinese without punctuation': fill('昨天下午研究人员在杭州的实验室里发现了一种新的材料'),
  'Thai without a blank': fill('นักวิทยาศาสตร์ค้นพบดาวเคราะห์ดวงใหม่'),
};

let proseTime = 0;
for (const [name, text] of Object.entries(texts)) {
  const sentences = measure(() => splitSentences(text).length);
  const words = measure(() => splitWords(text).length);
  const total = sentences.time + words.time;
  if (name === 'prose') proseTime = total;
  console.log(
    `${name}: ${sentences.count} sentences in ${sentences.time.toFixed(0)} ms, ` +
      `${words.count} words in ${words.time.toFixed(0)} ms, ` +
      `${(total / proseTime).toFixed(2)} x prose`,
  );
}

function fill(piece: string): string {
  return piece.repeat(Math.ceil(BYTES / Buffer.byteLength(piece)));
}

function measure(run: () => number): { count: number; time: number } {
  const start = process.cpuUsage();
  const count = run();
  const { user, system } = process.cpuUsage(start);
  return { count, time: (user + system) / 1000 };
}
