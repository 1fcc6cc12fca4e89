import { b2nerdFormat } from './b2nerd';
import {
  bilouFormat,
  bioesFormat,
  bioFormat,
  conll2003Format,
  fewNerdFormat,
  iob1Format,
} from './conll';
import { conlluFormat } from './conllu';
import { csvFormat } from './csv';
import { doccanoFormat } from './doccano';
import { dynamicnerFormat } from './dynamicner';
import type { Format } from './format';
import { glinerFormat } from './gliner';
import { inlineFormat } from './inlineTags';
import { jsonlFormat } from './jsonl';
import { labelStudioFormat } from './labelStudio';
import { prodigyFormat } from './prodigy';
import { spacyFormat } from './spacy';
import { textFormat } from './text';
import { universalNerFormat } from './universalner';
import { webAnnoFormat } from './webanno';

/** Every format, the most specific first. */
export const formats: readonly Format[] = [
  doccanoFormat,
  prodigyFormat,
  spacyFormat,
  glinerFormat,
  labelStudioFormat,
  b2nerdFormat,
  universalNerFormat,
  csvFormat,
  webAnnoFormat,
  conlluFormat,
  conll2003Format,
  bioFormat,
  iob1Format,
  bioesFormat,
  bilouFormat,
  fewNerdFormat,
  inlineFormat,
  jsonlFormat,
  dynamicnerFormat,
  textFormat,
];

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
