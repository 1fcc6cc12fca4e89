import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { Message } from 'vscode-jsonrpc';
import { LineMessageReader, LineMessageWriter } from '../../../src/host/lines';

interface Heard {
  readonly messages: unknown[];
  readonly errors: string[];
}

function listen(stream: PassThrough): Heard {
  const heard: Heard = { messages: [], errors: [] };
  const reader = new LineMessageReader(stream);
  reader.onError((error) => heard.errors.push(error.message));
  reader.listen((message) => heard.messages.push(message));
  return heard;
}

const message = (id: number, text = ''): Message =>
  ({ jsonrpc: '2.0', id, method: 'm', params: text }) as Message;

describe('LineMessageReader', () => {
  it('reads what the writer wrote, however the pipe cuts it', async () => {
    const pipe = new PassThrough();
    const chunks: Buffer[] = [];
    pipe.on('data', (chunk: Buffer) => chunks.push(chunk));
    const writer = new LineMessageWriter(pipe);
    const sent = [message(1, 'two\nlines\r\n'), message(2, '😀 \u2028 \ud800'), message(3)];
    for (const one of sent) await writer.write(one);
    for (const size of [1, 2, 7, 10_000]) {
      const bytes = Buffer.concat(chunks);
      const stream = new PassThrough();
      const heard = listen(stream);
      for (let at = 0; at < bytes.length; at += size) {
        stream.write(bytes.subarray(at, at + size));
      }
      stream.end();
      await new Promise((resolve) => stream.once('close', resolve));
      assert.deepEqual(heard, { messages: sent, errors: [] });
    }
  });

  for (const [name, garbage] of Object.entries({
    'a line of text': 'Segmentation fault\n',
    'text without an end': 'Segmentation',
    'JSON that is no message': '{"a":1}\n',
    'a broken message': '{"jsonrpc":"2.0",\n',
    'bytes that are no text': '\u0000\u0001\n',
  })) {
    it(`tells of ${name}, and hears no more`, async () => {
      const stream = new PassThrough();
      const heard = listen(stream);
      stream.write(`${JSON.stringify(message(1))}\n`);
      stream.write(garbage);
      stream.end(`${JSON.stringify(message(2))}\n`);
      await new Promise((resolve) => stream.once('close', resolve));
      assert.deepEqual(heard.messages, [message(1)]);
      assert.equal(heard.errors.length, 1);
      assert.match(heard.errors[0] ?? '', /no message of the protocol: "/);
    });
  }
});
