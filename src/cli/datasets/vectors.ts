import { createHash } from 'node:crypto';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import type { Engine } from '../../engines/engine';
import type { Progress } from '../progress';

/** Texts that are given to the encoder at once. */
const BATCH = 64;

/** Vectors of texts, kept in a file while they are made so that a run can be resumed. */
export class TextVectors {
  private readonly key: string;

  /** @param file Holds the vectors until the run has come to its end. */
  constructor(
    private readonly engine: Engine,
    private readonly file: string | undefined,
    private readonly texts: readonly string[],
  ) {
    const hash = createHash('sha256').update(engine.model);
    for (const text of texts) hash.update(`\n${text.length}\n${text}`);
    this.key = hash.digest('hex').slice(0, 32);
  }

  /**
   * One vector for each text.
   * @param resume Whether those of an earlier run are taken.
   * @throws {InputError} when the model gives none, or the earlier run had other texts.
   */
  async read(resume: boolean, progress: Progress, signal: AbortSignal): Promise<Float32Array[]> {
    const { engine, texts } = this;
    if (engine.embed === undefined) {
      throw new InputError(
        phrase`The model “${engine.model}” gives no vectors of texts`,
        phrase`Name a bundled model with --model.`,
      );
    }
    const vectors = resume ? await this.earlier() : [];
    for (let at = vectors.length; at < texts.length; at += BATCH) {
      signal.throwIfAborted();
      const batch = texts.slice(at, at + BATCH);
      const made = await engine.embed(batch, signal);
      await this.keep(made, at === 0);
      vectors.push(...made);
      for (const text of batch) progress.add(text.split(/\s+/u).length);
    }
    return vectors;
  }

  /** Removes the file: the run has come to its end. */
  async forget(): Promise<void> {
    if (this.file !== undefined) await rm(this.file, { force: true });
  }

  private async keep(vectors: readonly Float32Array[], isFirst: boolean): Promise<void> {
    if (this.file === undefined) return;
    const width = vectors[0]?.length ?? 0;
    if (isFirst) await writeFile(this.file, `${this.key} ${String(width).padStart(8)}\n`);
    const bytes = Buffer.concat(
      vectors.map(({ buffer, byteOffset, byteLength }) =>
        Buffer.from(buffer, byteOffset, byteLength),
      ),
    );
    await appendFile(this.file, bytes);
  }

  private async earlier(): Promise<Float32Array[]> {
    if (this.file === undefined) return [];
    const bytes = await readFile(this.file).catch(() => undefined);
    if (bytes === undefined) return [];
    const end = bytes.indexOf(0x0a) + 1;
    const [key = '', width = ''] = bytes.toString('latin1', 0, end).trim().split(/ +/u);
    if (key !== this.key) {
      throw new InputError(
        phrase`The vectors are of other texts or another model`,
        phrase`Resume with the same input and options, or start anew without --resume.`,
        { source: this.file },
      );
    }
    const size = 4 * Number(width);
    const count = size === 0 ? 0 : Math.floor((bytes.length - end) / size);
    // What was not written whole is made again, from the beginning of its batch.
    const whole = count === this.texts.length ? count : count - (count % BATCH);
    const vectors = Array.from({ length: whole }, (_, number) => {
      const from = end + number * size;
      return new Float32Array(new Uint8Array(bytes.subarray(from, from + size)).buffer);
    });
    await writeFile(this.file, bytes.subarray(0, end + whole * size));
    return vectors;
  }
}
