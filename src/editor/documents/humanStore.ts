import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { HumanRecord } from '../../core/realign/anchor';
import { parseJson, parseRecord } from './humanRecord';
import { takeTurns } from './pause';

const version = 1;
const headerSchema = z.object({ uri: z.string() });
const delayMilliseconds = 300;

/** What was kept for a document. */
export interface KeptRecords {
  readonly records: readonly HumanRecord[];
  /** File that held more than could be read; it is left beside the new one under this name. */
  readonly damaged?: string;
}

/**
 * Keeps what humans did to documents, one file of JSON lines each, named by the document's URI. A
 * file is always a whole one: it is written beside the old one and then takes its place.
 */
export class HumanStore {
  private readonly waiting = new Map<string, () => readonly HumanRecord[]>();
  private readonly writing = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;

  /** @param onError Called with what kept a file from being written; its records are tried again at the next change. */
  constructor(
    private readonly folder: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @throws what the file system throws, except that a missing file means no records. */
  async read(uri: string): Promise<KeptRecords> {
    await this.writing.get(uri);
    const unsaved = this.waiting.get(uri);
    if (unsaved !== undefined) return { records: unsaved() };
    const file = this.file(uri);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return { records: [] };
      throw error;
    }
    const breath = takeTurns();
    const records: HumanRecord[] = [];
    let bad = 0;
    for (const line of text.split('\n').slice(1)) {
      await breath();
      if (line === '') continue;
      const record = parseRecord(line);
      if (record === undefined) bad++;
      else records.push(record);
    }
    if (bad === 0) return { records };
    const damaged = `${file}.${Date.now()}.damaged`;
    await writeFile(damaged, text);
    return { records, damaged };
  }

  /** Keeps the records that `take` gives a moment later; calls until then count as one. */
  write(uri: string, take: () => readonly HumanRecord[]): void {
    this.waiting.set(uri, take);
    this.timer ??= setTimeout(() => void this.flush(), delayMilliseconds);
  }

  /** Writes a document's records of now without waiting: before it closes. */
  async flushOne(uri: string): Promise<void> {
    const take = this.waiting.get(uri);
    this.waiting.delete(uri);
    if (take !== undefined) await this.queue(uri, take());
    else await this.writing.get(uri);
  }

  /** Writes everything that waits and returns when all of it is on disk. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await Promise.all([...this.waiting.keys()].map((uri) => this.flushOne(uri)));
    await Promise.all(this.writing.values());
  }

  /** Lets a document's records follow its file to another name. */
  async move(from: string, to: string): Promise<void> {
    await this.flushOne(from);
    try {
      await rename(this.file(from), this.file(to));
    } catch (error) {
      if (!isMissing(error)) this.onError(error);
    }
  }

  /**
   * Lets the records of a file, or of all files of a folder, follow it to another name.
   * Returns the new URIs of the documents that have records.
   */
  async moveBelow(from: string, to: string): Promise<readonly string[]> {
    await this.flush();
    const moved: string[] = [];
    for (const uri of await this.uris()) {
      if (uri !== from && !uri.startsWith(`${from}/`)) continue;
      const target = to + uri.slice(from.length);
      await this.move(uri, target);
      moved.push(target);
    }
    return moved;
  }

  /** The documents that have records on disk. */
  private async uris(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    const uris: string[] = [];
    for (const name of names.filter((one) => one.endsWith('.jsonl'))) {
      const [first = ''] = (await readFile(path.join(this.folder, name), 'utf8')).split('\n', 1);
      const header = headerSchema.safeParse(parseJson(first));
      if (header.success) uris.push(header.data.uri);
    }
    return uris;
  }

  private queue(uri: string, records: readonly HumanRecord[]): Promise<void> {
    const before = this.writing.get(uri) ?? Promise.resolve();
    const done = before
      .then(() => this.save(uri, records))
      .catch((error: unknown) => this.onError(error))
      .finally(() => {
        if (this.writing.get(uri) === done) this.writing.delete(uri);
      });
    this.writing.set(uri, done);
    return done;
  }

  private async save(uri: string, records: readonly HumanRecord[]): Promise<void> {
    const file = this.file(uri);
    if (records.length === 0) {
      await rm(file, { force: true });
      return;
    }
    const breath = takeTurns();
    const lines = [JSON.stringify({ version, uri })];
    for (const record of records) {
      await breath();
      lines.push(JSON.stringify(record));
    }
    const draft = `${file}.${randomUUID()}.tmp`;
    await mkdir(this.folder, { recursive: true });
    try {
      await writeFile(draft, `${lines.join('\n')}\n`, { flush: true });
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  private file(uri: string): string {
    const name = createHash('sha256').update(uri).digest('hex').slice(0, 32);
    return path.join(this.folder, `${name}.jsonl`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
