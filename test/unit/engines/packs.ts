import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The bundled encoder that the product ships. */
export const bundledPack = path.resolve(__dirname, '../../../models/dynamicner-en-small');

/** Folders of all encoders that the product ships. */
export function bundledPacks(): string[] {
  const models = path.dirname(bundledPack);
  return readdirSync(models).map((name) => path.join(models, name));
}

type Json = Record<string, unknown>;

/** A copy of the bundled pack that a test may damage. */
export class DamagedPack {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'pack-'));

  constructor() {
    cpSync(bundledPack, this.folder, { recursive: true });
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  read(name: string): Buffer {
    return readFileSync(this.file(name));
  }

  /** Writes a file, and its size and checksum into the manifest. */
  write(name: string, content: Buffer): void {
    writeFileSync(this.file(name), content);
    this.changeManifest((manifest) => {
      (manifest['files'] as Json)[name] = {
        sha256: createHash('sha256').update(content).digest('hex'),
        bytes: content.length,
      };
    });
  }

  changeManifest(change: (manifest: Json) => void): void {
    const manifest = JSON.parse(this.read('pack.json').toString()) as Json;
    change(manifest);
    writeFileSync(this.file('pack.json'), JSON.stringify(manifest));
  }

  flipByte(name: string, at: number): void {
    const content = this.read(name);
    content[at] = (content[at] ?? 0) ^ 0xff;
    writeFileSync(this.file(name), content);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
