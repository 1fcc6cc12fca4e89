import { parentPort } from 'node:worker_threads';
import { localCodec } from './annotationCodec';
import type { CodecAnswer, CodecRequest } from './codecThread';

/** The thread's side of `CodecThread`: answers each request in its turn. */
parentPort?.on('message', ({ id, method, params }: CodecRequest) => {
  const answer = (message: CodecAnswer): void => parentPort?.postMessage(message);
  localCodec[method](params as never).then(
    (result: unknown) => answer({ id, result }),
    (error: unknown) =>
      answer({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
