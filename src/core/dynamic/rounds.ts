import { mergeIntoRest } from './mergeIntoRest';
import { mixGranularities } from './mixGranularities';
import { removeOptions } from './removeOptions';
import { replaceBySynonyms } from './replaceBySynonyms';
import type { Round } from './round';

/** The rounds in their order: mix granularities, synonyms, remove options, merge into miscellaneous. */
export const rounds: readonly Round[] = [
  mixGranularities,
  replaceBySynonyms,
  removeOptions,
  mergeIntoRest,
];
