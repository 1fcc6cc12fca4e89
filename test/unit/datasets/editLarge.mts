// Opens a data set, edits its last passage and saves it; writes what that took as JSON.
//   node --import tsx editLarge.mts FILE
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatasetService } from '../../../src/host/datasets/datasetService';

const file = process.argv[2] ?? '';
const began = performance.now();
let count = 0;
let done: () => void;
const read = new Promise<void>((resolve) => (done = resolve));
const { answers } = new DatasetService((progress) => {
  ({ count } = progress);
  if (progress.share === 1) done();
});
const name = path.basename(file);
await answers.open({ source: { kind: 'file', file }, name, copy: `${file}.copy` });
const first = await answers.views({ from: 0, to: 50 });
const firstPage = performance.now() - began;
await read;
const wholeRead = performance.now() - began;
const [last] = await answers.views({ from: count - 1, to: count });
const { id } = last ?? { id: 0 };
await answers.apply({
  edit: { kind: 'addEntity', id, start: 0, end: 4, path: ['city'], entityId: 'e' },
  by: { time: new Date(0).toISOString() },
  joins: false,
});
const began2 = performance.now();
await answers.save({ file, own: true });
const saved = performance.now() - began2;
const megabytes = mostResidentKilobytes() / 1024;
await answers.close({ keep: false });
process.stdout.write(
  JSON.stringify({ first: first.length, firstPage, wholeRead, saved, megabytes }),
);

/** The most memory that this process has had. On Linux `maxRSS` also counts what its parent had when it was started. */
function mostResidentKilobytes(): number {
  try {
    const peak = /VmHWM:\s+(\d+) kB/u.exec(readFileSync('/proc/self/status', 'utf8'));
    if (peak !== null) return Number(peak[1]);
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS;
}
