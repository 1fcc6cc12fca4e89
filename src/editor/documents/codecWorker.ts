import { parentPort } from 'node:worker_threads';
import { localCodec } from './annotationCodec';
import { partItems, type CodecAnswer, type CodecPart, type CodecRequest } from './codecThread';

/** Parts of requests that have not come as a whole yet, by id and key. */
const parts = new Map<number, Record<string, (string | readonly unknown[])[]>>();

/** The thread's side of `CodecThread`: answers each request in its turn. */
parentPort?.on('message', (message: CodecPart | CodecRequest) => {
  const { id } = message;
  if ('part' in message) {
    const known = parts.get(id) ?? {};
    parts.set(id, known);
    (known[message.key] ??= []).push(message.part);
    return;
  }
  const params = { ...message.params, ...joinParts(id) };
  localCodec[message.method](params as never).then(
    (result) => send(id, result),
    (error: unknown) => {
      post({ id, error: error instanceof Error ? error.message : String(error) });
    },
  );
});

function joinParts(id: number): Record<string, unknown> {
  const known = Object.entries(parts.get(id) ?? {});
  parts.delete(id);
  return Object.fromEntries(
    known.map(([key, all]) => [key, typeof all[0] === 'string' ? all.join('') : all.flat()]),
  );
}

/** Long lists go back in parts too: making their objects takes the extension host's time. */
function send(id: number, result: object): void {
  if (result instanceof Uint8Array || !('standing' in result)) {
    post({ id, result });
    return;
  }
  const { standing, ...rest } = result as { readonly standing: readonly unknown[] };
  for (let at = 0; at < standing.length; at += partItems) {
    post({ id, standing: standing.slice(at, at + partItems) });
  }
  post({ id, result: rest });
}

function post(answer: CodecAnswer): void {
  parentPort?.postMessage(answer);
}
