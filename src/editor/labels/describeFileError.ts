import type { TaxonomyFileError } from '../../core/labels/taxonomyFile/taxonomyFile';
import { phrase, type Phrase } from '../../core/messages/phrase';
import { describeProblem } from '../../core/problem';

/** What is wrong with a taxonomy file as a whole, and what mends it in the editor; whole sentences. */
export function describeFileError({ message, isOtherKind }: TaxonomyFileError): Phrase {
  if (isOtherKind !== true) return phrase`${message}.`;
  return describeProblem({ message, mend: phrase`Run “New Label List…” to import it.` });
}
