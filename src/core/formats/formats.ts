import { dynamicnerFormat } from './dynamicner';
import type { Format } from './format';
import { jsonlFormat } from './jsonl';
import { textFormat } from './text';

/** Every format, the most specific first. */
export const formats: readonly Format[] = [jsonlFormat, dynamicnerFormat, textFormat];

/** The format of that name. */
export function findFormat(name: string): Format | undefined {
  return formats.find((format) => format.name === name);
}

/**
 * The format that a file most certainly has; undefined when it can be none of them.
 * @param head The first bytes of the file, some thousands.
 */
export function detectFormat(head: Uint8Array, fileName?: string): Format | undefined {
  let best: Format | undefined;
  let most = 0;
  for (const format of formats) {
    const certainty = format.detect(head, fileName);
    if (certainty > most) {
      most = certainty;
      best = format;
    }
  }
  return best;
}
