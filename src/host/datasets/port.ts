import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../../core/messages/messageHandler';

/** A worker, or its parent, as one end of a wire. */
export function portOf(port: MessagePort | Worker): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', listener);
      return { dispose: () => void port.off('message', listener) };
    },
  };
}
