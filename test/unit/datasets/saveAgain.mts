// Opens a data set, a file or a folder of brat, and saves it again and again, in turns with an edit of its
// first two passages and without; says on standard output when a save begins. Ended from outside, at any moment.
//   node --import tsx saveAgain.mts FILE
import { statSync } from 'node:fs';
import path from 'node:path';
import { DatasetService } from '../../../src/host/datasets/datasetService';

const file = process.argv[2] ?? '';
let done: () => void;
const read = new Promise<void>((resolve) => (done = resolve));
const { answers } = new DatasetService(({ share }) => {
  if (share === 1) done();
});
const name = path.basename(file);
const isFolder = statSync(file).isDirectory();
await answers.open({
  source: isFolder ? { kind: 'folder', folder: file } : { kind: 'file', file },
  name,
  copy: `${file}.copy-${process.pid}`,
});
await read;
const by = { time: new Date(0).toISOString() };
for (;;) {
  for (const id of [0, 1]) {
    const edit = { kind: 'changeText', id, start: 0, end: 3, text: 'new' } as const;
    await answers.apply({ edit, by, joins: id > 0 });
  }
  process.stdout.write('saving\n');
  await answers.save({ file, own: true });
  await answers.undo(null);
  process.stdout.write('saving\n');
  await answers.save({ file, own: true });
}
