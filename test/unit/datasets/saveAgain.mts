// Opens a data set and saves it again and again, in turns with an edit and without; says on standard
// output when a save begins. Ended from outside, at any moment.
//   node --import tsx saveAgain.mts FILE
import path from 'node:path';
import { DatasetService } from '../../../src/host/datasets/datasetService';

const file = process.argv[2] ?? '';
const { answers } = new DatasetService(() => undefined);
const name = path.basename(file);
await answers.open({ source: { kind: 'file', file }, name, copy: `${file}.copy-${process.pid}` });
const by = { time: new Date(0).toISOString() };
for (;;) {
  await answers.apply({
    edit: { kind: 'changeText', id: 0, start: 0, end: 3, text: 'new' },
    by,
    joins: false,
  });
  process.stdout.write('saving\n');
  await answers.save({ file, own: true });
  await answers.undo(null);
  process.stdout.write('saving\n');
  await answers.save({ file, own: true });
}
