import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { parseChange, parseJson, type Change } from './humanRecord';
import { takeTurns } from '../../engines/turns';

/** Version 1 kept all annotations of a document, and nothing else did; its lines are read as changes. */
const version = 2;
const headerSchema = z.object({ uri: z.string() });
const delayMilliseconds = 300;

/** What was kept for a document. */
export interface KeptChanges {
  readonly changes: readonly Change[];
  /** File that held more than could be read; it is left beside the new one under this name. */
  readonly damaged?: string;
}

/**
 * Keeps what humans did to documents since their annotations were saved last, one file of JSON lines
 * each, named by the document's URI. A file is always a whole one: it is written beside the old one and
 * then takes its place.
 */
export class Journal {
  private readonly waiting = new Map<string, () => readonly Change[]>();
  private readonly writing = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;

  /** @param onError Called with what kept a file from being written; its changes are tried again at the next change. */
  constructor(
    private readonly folder: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @throws what the file system throws, except that a missing file means no changes. */
  async read(uri: string): Promise<KeptChanges> {
    for (;;) {
      const unsaved = this.waiting.get(uri);
      if (unsaved !== undefined) return { changes: unsaved() };
      const writing = this.writing.get(uri);
      if (writing === undefined) break;
      await writing;
    }
    const file = this.file(uri);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        return { changes: [] };
      }
      throw error;
    }
    const breath = takeTurns();
    const changes: Change[] = [];
    let bad = 0;
    for (const line of text.split('\n').slice(1)) {
      await breath();
      if (line === '') continue;
      const change = parseChange(line);
      if (change === undefined) bad++;
      else changes.push(change);
    }
    if (bad === 0) return { changes };
    const damaged = `${file}.${Date.now()}.damaged`;
    await writeFile(damaged, text);
    return { changes, damaged };
  }

  /**
   * Keeps the changes that `take` gives: as soon as what is being written is.
   * @param ready Resolves when `take` is quick.
   */
  write(uri: string, take: () => readonly Change[], ready?: Promise<void>): void {
    this.waiting.set(uri, take);
    void Promise.all([this.writing.get(uri), ready]).then(() => this.flushOne(uri));
  }

  /** The same a moment later, for what comes with each key stroke; calls until then count as one. */
  writeLater(uri: string, take: () => readonly Change[]): void {
    this.waiting.set(uri, take);
    this.timer ??= setTimeout(() => void this.flush(), delayMilliseconds);
  }

  /** Writes a document's changes of now without waiting: before it closes. */
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

  /** Lets a document's changes follow its file to another name. @throws what reading them throws. */
  async move(from: string, to: string): Promise<void> {
    const { changes } = await this.read(from);
    this.waiting.delete(from);
    await this.queue(to, changes);
    await this.queue(from, []);
  }

  /**
   * Lets the changes of a file, or of all files of a folder, follow it to another name.
   * Returns the new URIs of the documents that have changes.
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

  /** Forgets the changes of a file, or of all files of a folder. */
  async removeBelow(uri: string): Promise<void> {
    await this.flush();
    for (const one of await this.uris()) {
      if (one === uri || one.startsWith(`${uri}/`)) await this.queue(one, []);
    }
  }

  /** The documents that have changes on disk. */
  async uris(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    const uris: string[] = [];
    for (const name of names.filter((one) => one.endsWith('.jsonl'))) {
      const [first = ''] = (await readFile(path.join(this.folder, name), 'utf8')).split('\n', 1);
      const header = headerSchema.safeParse(parseJson(first));
      if (header.success) uris.push(header.data.uri);
    }
    return uris;
  }

  private queue(uri: string, changes: readonly Change[]): Promise<void> {
    const before = this.writing.get(uri) ?? Promise.resolve();
    const done = before
      .then(() => this.save(uri, changes))
      .catch((error: unknown) => this.onError(error))
      .finally(() => {
        if (this.writing.get(uri) === done) this.writing.delete(uri);
      });
    this.writing.set(uri, done);
    return done;
  }

  private async save(uri: string, changes: readonly Change[]): Promise<void> {
    const file = this.file(uri);
    if (changes.length === 0) {
      await rm(file, { force: true });
      return;
    }
    const breath = takeTurns();
    const lines = [JSON.stringify({ version, uri })];
    for (const change of changes) {
      await breath();
      lines.push(JSON.stringify(change));
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
