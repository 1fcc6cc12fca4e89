// How much memory the command line takes for a data set of any size.
//   node --import tsx bench/stream.ts [MEGABYTES] [FORMAT]
// Writes a JSONL file of that size (2048 when absent) into the temporary folder, converts it with
// dist/cli.js to FORMAT (jsonl when absent), throws both away, and prints time and peak memory.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';

const megabytes = Number(process.argv[2] ?? 2048);
const format = process.argv[3] ?? 'jsonl';
const folder = mkdtempSync(path.join(os.tmpdir(), 'stream-'));
const file = path.join(folder, 'large.jsonl');
const cli = path.join(import.meta.dirname, '../dist/cli.js');

async function writeLarge(): Promise<number> {
  const stream = createWriteStream(file);
  let passages = 0;
  for (let written = 0; written < megabytes * 2 ** 20;) {
    const lines = Array.from({ length: 1000 }, () => passageLine(passages++)).join('');
    written += Buffer.byteLength(lines);
    if (!stream.write(lines)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  return passages;
}

/** Passages of several lengths, with characters of one to four bytes. */
function passageLine(number: number): string {
  const name = `Mira Holm ${number}`;
  const text = `${name} sailed to Zürich 🧭 with ${number % 97} crates. ${'The sea was calm and grey. '.repeat(number % 12)}`;
  const entities = [{ start: 0, end: name.length, label: 'scholar' }];
  return `${JSON.stringify({ id: `p${number}`, text, entities })}\n`;
}

/** Runs the program with its own memory printed at its end: what the system counted at most, in KB. */
async function convert(): Promise<{ seconds: number; kilobytes: number }> {
  const began = performance.now();
  const probe = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS + '\\n'))`;
  const preload = `data:text/javascript,${encodeURIComponent(probe)}`;
  const child = spawn(
    process.execPath,
    ['--import', preload, cli, 'convert', '--to', format, file],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let messages = '';
  child.stdout.resume();
  child.stderr.setEncoding('utf8').on('data', (text: string) => (messages += text));
  const [code] = (await once(child, 'close')) as [number | null];
  const [, kilobytes] = /peak (\d+)/u.exec(messages) ?? [];
  if (code !== 0 || kilobytes === undefined) throw new Error(`It ended with ${code}: ${messages}`);
  return { seconds: (performance.now() - began) / 1000, kilobytes: Number(kilobytes) };
}

async function main(): Promise<void> {
  try {
    const passages = await writeLarge();
    const size = statSync(file).size / 2 ** 20;
    console.log(`${size.toFixed(0)} MB, ${passages.toLocaleString('en')} passages`);
    const { seconds, kilobytes } = await convert();
    const speed = size / seconds;
    console.log(
      `to ${format}: ${seconds.toFixed(1)} s, ${speed.toFixed(1)} MB/s, peak memory ${Math.round(kilobytes / 1024)} MB`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
