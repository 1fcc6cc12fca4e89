import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './hostScript';
import { PROTOCOL_VERSION } from '../../../src/host/protocol';

let count = 0;

/** Writes a program that a client may start instead of the encoder's process. */
export function fakeHost(code: string): string {
  const folder = path.join(root, 'out/unit/fake');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `host-${process.pid}-${++count}.js`);
  writeFileSync(file, `${prelude}\n${code}`);
  return file;
}

/** `say(message)`, `hello()` and `onRequest(callback)` for the programs. */
const prelude = `
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const hello = () => say({ method: 'hello', params: [{ protocol: ${PROTOCOL_VERSION}, pid: process.pid }].at(0) });
const onRequest = (callback) => {
  let rest = '';
  process.stdin.on('data', (chunk) => {
    const lines = (rest + chunk).split('\\n');
    rest = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      if (message.method === 'leave') process.exit(0);
      if (message.id !== undefined) callback(message);
    }
  });
};
process.stdin.on('close', () => process.exit(0));
`;
