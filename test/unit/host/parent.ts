import { HostClient } from '../../../src/host/client';

/** A parent that starts the encoder's process, tells its id, and lives on until it is killed. */
async function live(script: string): Promise<void> {
  const client = new HostClient({ script, model: { folder: 'none' }, startSeconds: 120 });
  await client.segment({ text: 'Ada.', languageId: 'plaintext' });
  process.send?.(await client.pid());
  setInterval(() => undefined, 1000);
}

void live(process.argv[2] ?? '');
