import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RuntimeKind } from '../runtime/runtime';
import { packFiles } from './pack';
import type { PackManifest } from './packSchema';

/** The vectors of a label text. */
export interface LabelVectors {
  /** [D] */
  readonly finding: Float32Array;
  /** [D2] */
  readonly typing: Float32Array;
}

/** Raised with every change of the file's form, or of how label texts become vectors. */
const VERSION = 1;
const ENDING = '.label-vectors';
/** Files of other packs that are kept. */
const MOST_FILES = 4;

/**
 * The vectors of label texts on disk, so that a process that starts need not read the labels again:
 * one file for each label graph, tokenizer and runtime, named by their checksum. First a line of JSON
 * with the texts and the checksum of what follows, then finding [D] and typing [D2] of each text as
 * 32-bit floats in the order of the machine's bytes. It is a cache: what cannot be read or written is
 * as if it were not there.
 */
export class LabelVectorFile {
  private readonly file: string;
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly manifest: PackManifest,
    runtime: RuntimeKind,
  ) {
    this.file = path.join(folder, `${labelKey(manifest, runtime).slice(0, 32)}${ENDING}`);
  }

  /** The vectors of all texts in the file, oldest use first; none where there is no whole file. */
  async read(): Promise<ReadonlyMap<string, LabelVectors>> {
    try {
      return this.parse(await readFile(this.file));
    } catch {
      return new Map();
    }
  }

  /** Replaces the file, one write after the other; resolves also when it cannot be written. */
  save(vectors: ReadonlyMap<string, LabelVectors>): Promise<void> {
    this.saving = this.saving.then(() => this.write(vectors)).catch(() => undefined);
    return this.saving;
  }

  private parse(bytes: Buffer): ReadonlyMap<string, LabelVectors> {
    const headEnd = bytes.indexOf(0x0a);
    const head = JSON.parse(bytes.toString('utf8', 0, headEnd)) as Partial<Head>;
    const body = bytes.subarray(headEnd + 1);
    const { texts = [], sha256: expected } = head;
    const { dimensions } = this.manifest.finding;
    const width = dimensions + this.manifest.typing.dimensions;
    const vectors = new Map<string, LabelVectors>();
    if (body.length !== texts.length * width * 4 || sha256(body) !== expected) return vectors;
    // Copied, because floats begin at a multiple of their size.
    const numbers = new Float32Array(new Uint8Array(body).buffer);
    texts.forEach((text, index) => {
      const row = numbers.slice(index * width, (index + 1) * width);
      vectors.set(text, { finding: row.subarray(0, dimensions), typing: row.subarray(dimensions) });
    });
    return vectors;
  }

  private async write(vectors: ReadonlyMap<string, LabelVectors>): Promise<void> {
    const rows = [...vectors.values()].flatMap(({ finding, typing }) => [
      bytesOf(finding),
      bytesOf(typing),
    ]);
    const body = Buffer.concat(rows);
    const head: Head = { texts: [...vectors.keys()], sha256: sha256(body) };
    await mkdir(this.folder, { recursive: true });
    // Whole or not at all, whoever else writes it at the same time.
    const part = `${this.file}.${process.pid}.part`;
    await writeFile(part, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]));
    await rename(part, this.file);
    await this.removeOldest();
  }

  private async removeOldest(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(ENDING));
    const files = names.map((name) => path.join(this.folder, name));
    const aged = await Promise.all(
      files.map(async (file) => ({ file, time: (await stat(file)).mtimeMs })),
    );
    aged.sort((a, b) => b.time - a.time);
    await Promise.all(aged.slice(MOST_FILES).map(({ file }) => rm(file, { force: true })));
  }
}

/** Names what decides over the vectors of label texts; packs that share a label graph have the same. */
export function labelKey(manifest: PackManifest, runtime: RuntimeKind): string {
  const { files, labelTokenizer, labelWindow, finding, typing } = manifest;
  const facts = [
    VERSION,
    files[packFiles.label]?.sha256,
    files[labelTokenizer ?? packFiles.tokenizer]?.sha256,
    labelWindow,
    finding.dimensions,
    typing.dimensions,
    runtime,
    process.arch,
  ];
  return sha256(JSON.stringify(facts));
}

interface Head {
  readonly texts: readonly string[];
  readonly sha256: string;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
