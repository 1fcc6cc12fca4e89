import type { FindText } from '../../core/dataset/queryMatch';
import { findWithin } from '../../engines/patterns/regexWithin';

/**
 * Searches with a limit on the time of each text.
 * @throws InputError when a regular expression takes longer.
 */
export const timedSearch: FindText = (pattern, text, from) => findWithin(pattern, text, from);
