import { parentPort } from 'node:worker_threads';
import { MessageHandler } from '../../core/messages/messageHandler';
import { askedOfWorker, toldByWorker } from './contract';
import { DatasetService } from './datasetService';
import { portOf } from './port';

/** The worker of one open data set: everything that would take longer than the editor may wait. */
if (parentPort === null)
  throw new TypeError('This program is a worker thread of the data-set editor.');

const service = new DatasetService((progress) => {
  // Nobody listens any more once the data set is closed.
  handler.request('progress', progress).catch(() => undefined);
});
const handler = new MessageHandler(
  portOf(parentPort),
  askedOfWorker,
  service.answers,
  toldByWorker,
);
