import { fork } from 'node:child_process';
import { once } from 'node:events';
import { ChatServer } from '../../test/servers/chatServer';
import { oracle, type GoldSentence, type OracleOptions } from '../../test/servers/oracle';

interface Start {
  readonly gold: readonly GoldSentence[];
  readonly options: OracleOptions;
}

/**
 * Works with an oracle that runs in a process of its own, as servers do: what its answers cost is not
 * taken from whoever asks.
 * @param work Told the server's address.
 */
export async function withOracleApart<T>(
  start: Start,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const child = fork(__filename);
  try {
    child.send(start);
    const [url] = (await once(child, 'message')) as [string];
    return await work(url);
  } finally {
    child.disconnect();
  }
}

if (require.main === module) {
  process.once('message', ({ gold, options }: Start) => {
    void ChatServer.start(oracle(gold, options)).then((server) => {
      process.send?.(server.url);
      process.once('disconnect', () => void server.stop());
    });
  });
}
