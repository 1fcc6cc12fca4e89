import type { PassageData } from '../formats/format';
import type { BulkChange, Scope } from './edits';
import type { Authorship, PassageId } from './passage';

/** The steps that every edit of a data set comes down to; plain data. */
export type Operation =
  | { readonly kind: 'replace'; readonly id: PassageId; readonly passage: PassageData }
  | {
      readonly kind: 'insert';
      /** Number of the passage that they come before; the number of passages means at the end. */
      readonly at: number;
      readonly passages: readonly { readonly id: PassageId; readonly passage: PassageData }[];
    }
  | { readonly kind: 'remove'; readonly at: number; readonly count: number }
  /** Kept as a rule, and made in each passage when that is read or saved. */
  | { readonly kind: 'rule'; readonly rule: BulkRule };

export interface BulkRule {
  readonly change: BulkChange;
  readonly scope: Scope;
  readonly by: Authorship;
}
