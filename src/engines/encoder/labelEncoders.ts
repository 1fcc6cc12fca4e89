import type { Runtime } from '../runtime/runtime';
import { LabelEncoder } from './labelEncoder';
import { LabelModel } from './labelModel';
import { labelKey, LabelVectorFile } from './labelVectorFile';
import type { Pack } from './pack';

interface Shared {
  readonly encoder: Promise<LabelEncoder>;
  users: number;
}

/** The label encoders of a process: packs that share a label graph share its encoder and its vectors. */
export class LabelEncoders {
  private readonly shared = new Map<string, Shared>();

  /**
   * The label encoder of a pack; whoever takes it gives it back.
   * @param cacheFolder Folder that keeps the vectors for the next time; they are not kept when absent.
   * @throws ModelError when the label graph cannot be used.
   */
  async take(
    pack: Pack,
    runtime: Runtime,
    threads: number,
    cacheFolder?: string,
  ): Promise<LabelEncoder> {
    const key = labelKey(pack.manifest, runtime.kind);
    let shared = this.shared.get(key);
    if (shared === undefined) {
      shared = { encoder: openEncoder(pack, runtime, threads, cacheFolder), users: 0 };
      this.shared.set(key, shared);
    }
    shared.users++;
    try {
      return await shared.encoder;
    } catch (error) {
      if (this.shared.get(key) === shared) this.shared.delete(key);
      throw error;
    }
  }

  /** Frees the encoder when nobody else has it. */
  async giveBack(encoder: LabelEncoder): Promise<void> {
    for (const [key, shared] of this.shared) {
      if ((await shared.encoder.catch(() => undefined)) !== encoder) continue;
      shared.users--;
      if (shared.users > 0) return;
      this.shared.delete(key);
      await encoder.release();
      return;
    }
  }
}

async function openEncoder(
  pack: Pack,
  runtime: Runtime,
  threads: number,
  cacheFolder: string | undefined,
): Promise<LabelEncoder> {
  const file =
    cacheFolder === undefined
      ? undefined
      : new LabelVectorFile(cacheFolder, pack.manifest, runtime.kind);
  const known = await file?.read();
  // Where there are vectors, the label graph that made them is whole and fits.
  const later = known !== undefined && known.size > 0;
  return new LabelEncoder(await LabelModel.open(pack, runtime, threads, later), known, file);
}
