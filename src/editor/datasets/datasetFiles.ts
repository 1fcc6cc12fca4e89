import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What the file beside a working copy is called that names its backup. */
const mark = '.backup';

/** The working copies of open data sets, in a folder of ours. */
export class DatasetFiles {
  private ready: Promise<void> | undefined;

  constructor(private readonly folder: string) {}

  /** A name for a new working copy. */
  async newCopy(): Promise<string> {
    this.ready ??= this.prepare();
    await this.ready;
    return path.join(this.folder, `${process.pid}-${randomUUID()}`);
  }

  /** Notes that a backup needs a copy: it stays as long as the backup does. */
  async noteBackup(copy: string, backup: string): Promise<void> {
    await writeFile(copy + mark, backup);
  }

  /** Removes copies of windows that are gone, unless a backup still needs them. */
  private async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const names = await readdir(this.folder);
    for (const name of names) {
      if (name.endsWith(mark) || isRunning(Number.parseInt(name, 10))) continue;
      const copy = path.join(this.folder, name);
      const backup = await readFile(copy + mark, 'utf8').catch(() => undefined);
      if (backup !== undefined && existsSync(backup)) continue;
      await rm(copy, { force: true });
      await rm(copy + mark, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
