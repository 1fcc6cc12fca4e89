import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc';
import { phrase } from '../core/messages/phrase';
import { HostError } from './errors';

/**
 * JSON-RPC messages on a pipe, one line of JSON each. Unlike frames with a length in front, anything
 * else on the pipe is noticed with its first line, and nobody waits for the rest of a frame.
 */
export class LineMessageReader extends AbstractMessageReader implements MessageReader {
  private readonly decoder = new StringDecoder('utf8');
  private parts: string[] = [];
  private broken = false;

  constructor(private readonly stream: Readable) {
    super();
  }

  listen(callback: DataCallback): Disposable {
    const onData = (chunk: Buffer): void => this.read(chunk, callback);
    const onError = (error: Error): void => this.fireError(error);
    const onClose = (): void => this.fireClose();
    this.stream.on('data', onData).on('error', onError).on('close', onClose);
    return {
      dispose: () => {
        this.stream.off('data', onData).off('error', onError).off('close', onClose);
      },
    };
  }

  private read(chunk: Buffer, callback: DataCallback): void {
    if (this.broken) return;
    const [first = '', ...others] = this.decoder.write(chunk).split('\n');
    this.parts.push(first);
    for (const next of others) {
      const line = this.parts.join('');
      this.parts = [next];
      if (!this.handle(line, callback)) return;
    }
    const start = this.parts.find((part) => part !== '');
    if (start !== undefined && !start.startsWith('{')) this.reject(start);
  }

  private handle(line: string, callback: DataCallback): boolean {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      this.reject(line);
      return false;
    }
    if (typeof message !== 'object' || message === null || !('jsonrpc' in message)) {
      this.reject(line);
      return false;
    }
    callback(message as Message);
    return true;
  }

  private reject(line: string): void {
    this.broken = true;
    this.parts = [];
    this.fireError(
      new HostError(phrase`no message of the protocol: ${JSON.stringify(line.slice(0, 80))}`),
    );
  }
}

/** Writes messages for a {@link LineMessageReader}; `write` resolves once the pipe has taken them. */
export class LineMessageWriter extends AbstractMessageWriter implements MessageWriter {
  // Taken at once, so that the stream's own `write` may be given another target.
  private readonly send: Writable['write'];

  constructor(private readonly stream: Writable) {
    super();
    this.send = stream.write.bind(stream);
    stream.on('error', (error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      this.send(`${JSON.stringify(message)}\n`, 'utf8', (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  end(): void {
    this.stream.end();
  }
}
