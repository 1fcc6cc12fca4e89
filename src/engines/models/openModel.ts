import { EncoderEngine, type EncoderOptions } from '../encoder/encoderEngine';
import { EncoderPacks, packFolders } from '../encoder/encoderPacks';
import { GlinerEngine } from '../gliner/glinerEngine';
import { ClassifierEngine } from '../tokenClassification/classifierEngine';
import type { LocalEngine } from './localEngine';
import { readModelFolder } from './modelFolder';
import { describedPack } from './packEngine';

/**
 * Opens the model of a folder, whatever its kind, in this process; of a folder of packs each passage
 * is read by the pack for its language.
 * @throws ModelError naming the file, what is wrong with it, and the mend.
 */
export async function openModel(
  folder: string,
  options: EncoderOptions = {},
): Promise<LocalEngine> {
  if ((await packFolders(folder)).length > 1) {
    return describedPack(await EncoderPacks.load(folder, options));
  }
  const found = await readModelFolder(folder);
  switch (found.kind) {
    case 'pack':
      return describedPack(await EncoderEngine.load(folder, options));
    case 'token-classification':
      return ClassifierEngine.load(found, options);
    default:
      return GlinerEngine.load(found, options);
  }
}
