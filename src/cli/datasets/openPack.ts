import type { Engine } from '../../engines/engine';
import type { Environment } from '../environment';
import type { OpenEngine } from '../openEncoder';
import { packFolder } from '../packs';

/** Opens the encoder that `--model` names, or the bundled ones without it. */
export async function openPack(
  model: string | undefined,
  environment: Environment,
  open: OpenEngine,
): Promise<Engine> {
  const folder = await packFolder(model, environment);
  return open(folder, { workers: 1, programFolder: environment.programFolder });
}
