import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ChatAnswer, ChatMessage, ChatOptions } from './chatModel';

/** Keeps answers by the key of their question. */
export interface AnswerStore {
  get(key: string): Promise<ChatAnswer | undefined>;
  set(key: string, answer: ChatAnswer): Promise<void>;
  clear(): Promise<void>;
}

/**
 * The key of a question: a hash over everything that its answer depends on.
 * @param sample Number of the sample: answers to the same question asked again are kept apart.
 */
export function questionKey(
  model: string,
  messages: readonly ChatMessage[],
  options: ChatOptions,
  sample: number,
): string {
  const sorted = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const turns = messages.map(({ role, content }) => [role, content]);
  return createHash('sha256')
    .update(JSON.stringify([model, turns, sorted, sample]))
    .digest('hex');
}

const MOST_BYTES = 64 * 1024 * 1024;
const SHARDS = 256;

const tokenSchema = z.object({ token: z.string(), logprob: z.number() });
const lineSchema = z.object({
  key: z.string(),
  answer: z.object({
    text: z.string(),
    finish: z.enum(['whole', 'cut', 'filtered']),
    usage: z.object({ promptTokens: z.number(), completionTokens: z.number() }),
    logprobs: z.array(tokenSchema.extend({ rivals: z.array(tokenSchema) })).optional(),
  }),
});

/**
 * Answers in a folder: lines of JSON in one file for each first byte of a key, each read when it is
 * first asked for. A file that outgrows its share loses its older half. Several processes may write to
 * one folder: a line is appended in one piece, and one that cannot be read is passed over.
 */
export class AnswerFolder implements AnswerStore {
  private readonly shards = new Map<string, Promise<Shard>>();

  /** @param mostBytes What all files together may take; 64 MB when absent. */
  constructor(
    private readonly folder: string,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  async get(key: string): Promise<ChatAnswer | undefined> {
    return (await this.shardOf(key)).get(key);
  }

  async set(key: string, answer: ChatAnswer): Promise<void> {
    await (await this.shardOf(key)).set(key, answer);
  }

  /** Removes all answers. */
  async clear(): Promise<void> {
    this.shards.clear();
    await rm(this.folder, { recursive: true, force: true });
  }

  private shardOf(key: string): Promise<Shard> {
    const name = key.slice(0, 2);
    let shard = this.shards.get(name);
    if (shard === undefined) {
      const file = path.join(this.folder, `${name}.jsonl`);
      shard = Shard.read(file, this.mostBytes / SHARDS);
      this.shards.set(name, shard);
    }
    return shard;
  }
}

/** The answers whose keys begin alike. */
class Shard {
  private writing: Promise<void> = Promise.resolve();

  static async read(file: string, mostBytes: number): Promise<Shard> {
    const lines = new Map<string, string>();
    let bytes = 0;
    for (const line of (await readText(file)).split('\n')) {
      const key = readLine(line)?.key;
      if (key === undefined) continue;
      lines.set(key, line);
      bytes += Buffer.byteLength(line) + 1;
    }
    return new Shard(file, mostBytes, lines, bytes);
  }

  private constructor(
    private readonly file: string,
    private readonly mostBytes: number,
    /** As they stand in the file, the oldest first. */
    private readonly lines: Map<string, string>,
    private bytes: number,
  ) {}

  get(key: string): ChatAnswer | undefined {
    const line = this.lines.get(key);
    return line === undefined ? undefined : readLine(line)?.answer;
  }

  async set(key: string, answer: ChatAnswer): Promise<void> {
    const line = JSON.stringify({ key, answer });
    this.lines.delete(key);
    this.lines.set(key, line);
    this.bytes += Buffer.byteLength(line) + 1;
    const outgrown = this.bytes > this.mostBytes;
    if (outgrown) this.dropOlderHalf();
    const write = this.writing.then(() =>
      outgrown ? this.rewrite() : this.retrying(() => appendFile(this.file, `${line}\n`)),
    );
    // Answers that cannot be kept are asked for again; the run goes on.
    this.writing = write.catch(() => undefined);
    await this.writing;
  }

  private dropOlderHalf(): void {
    for (const [key, line] of this.lines) {
      if (this.bytes <= this.mostBytes / 2) break;
      this.lines.delete(key);
      this.bytes -= Buffer.byteLength(line) + 1;
    }
  }

  private async rewrite(): Promise<void> {
    const part = `${this.file}.${process.pid}.part`;
    const text = [...this.lines.values(), ''].join('\n');
    await this.retrying(() => writeFile(part, text));
    await rename(part, this.file);
  }

  /** Makes the folder where it is missing, which it is at first and after it was cleared. */
  private async retrying(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch {
      await mkdir(path.dirname(this.file), { recursive: true });
      await write();
    }
  }
}

function readLine(line: string): { key: string; answer: ChatAnswer } | undefined {
  try {
    const { key, answer } = lineSchema.parse(JSON.parse(line));
    const { logprobs, ...rest } = answer;
    return { key, answer: logprobs === undefined ? rest : { ...rest, logprobs } };
  } catch {
    return undefined;
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}
