import { z } from 'zod';
import { Gazetteer } from '../../core/decoding/gazetteer';
import { phrase } from '../../core/messages/phrase';
import { ModelError, messageOf } from '../errors';
import type { Pack } from './pack';

const headSchema = z.object({ types: z.array(z.string()).min(1).max(256) });

/** Gazetteers in use, by the checksums of their files: packs of several languages share one. */
const inUse = new Map<string, WeakRef<Gazetteer>>();

/**
 * The names that a pack knows, if it knows any: a line of JSON with the types' keys (those of
 * `labels.json`), then the body that {@link Gazetteer} reads.
 * @throws ModelError naming the file, what is wrong with it, and the mend.
 */
export async function readGazetteer(pack: Pack): Promise<Gazetteer | undefined> {
  if (pack.manifest.gazetteer === undefined) return undefined;
  const { file } = pack.manifest.gazetteer;
  // Read in any case: a damaged file is known at once.
  const bytes = await pack.bytes(file);
  const checksum = pack.manifest.files[file]?.sha256 ?? '';
  const shared = inUse.get(checksum)?.deref();
  if (shared !== undefined) return shared;
  const headEnd = bytes.indexOf(0x0a);
  try {
    const head: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(0, headEnd)));
    const names = new Gazetteer(headSchema.parse(head).types, bytes.subarray(headEnd + 1));
    inUse.set(checksum, new WeakRef(names));
    return names;
  } catch (error) {
    throw new ModelError(
      pack.place(file),
      phrase`it holds no names: ${messageOf(error)}`,
      phrase`Install the model again, or choose another one.`,
      { cause: error },
    );
  }
}
