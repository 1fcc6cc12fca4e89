import { readingUnits } from '../../engines/cascade/readingUnits';
import { takeTurns } from '../../engines/turns';
import type { WorkSize } from './engineAccess';

/** How many passages and sentences texts have; yields to others now and then, for there may be many. */
export async function measurePassages(
  texts: Iterable<string> | AsyncIterable<string>,
): Promise<WorkSize> {
  const breath = takeTurns();
  let passages = 0;
  let sentences = 0;
  for await (const text of texts) {
    await breath();
    const { length } = readingUnits({ id: '', text }, 'sentence');
    passages += length > 0 ? 1 : 0;
    sentences += length;
  }
  return { passages, sentences };
}

/** Several pieces of work as one. */
export function addSizes(sizes: readonly WorkSize[]): WorkSize {
  return {
    passages: sizes.reduce((sum, { passages }) => sum + passages, 0),
    sentences: sizes.reduce((sum, { sentences }) => sum + sentences, 0),
  };
}
