import type { DatasetCounts } from '../../core/dataset/counts';
import type { BulkChange, DatasetEdit, Scope } from '../../core/dataset/edits';
import type { Touched } from '../../core/dataset/journal';
import type { Authorship, PassageId, PassageView } from '../../core/dataset/passage';
import type { FoundText, PassageQuery, TextQuery } from '../../core/dataset/query';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { RequestShape } from '../../core/messages/messageHandler';
import type { Phrase } from '../../core/messages/phrase';
import type { LabelSpec } from '../../core/labels/labelSpec';
import type { OpenParams } from './datasetKind';
import type { PatternSource, PatternSuggestions } from './patternSuggestions';
import type { SavedDataset } from './saveDataset';
import type { FindFrom } from './scans';

/** What an opened data set is. */
export interface OpenedDataset {
  readonly format: string;
  readonly title: Phrase;
  readonly encoding: string;
  /** The working copy, which a backup needs. */
  readonly copy: string;
}

/** How far a data set was read. */
export interface ReadProgress {
  /** Passages there are now. */
  readonly count: number;
  /** Share of the file, in 0..1; 1 only when all of it was read. */
  readonly share: number;
  /** Why nothing can be edited, once that is known. */
  readonly readOnly?: Phrase;
  /** Why reading ended before the end. */
  readonly failure?: Phrase;
}

export interface Applied {
  readonly touched: Touched;
  /** Ids of new passages, in order. */
  readonly ids: readonly PassageId[];
  /** Whether it became a step of its own. */
  readonly isStep: boolean;
  readonly count: number;
}

/** Work that can be cancelled, by a number of the asker's choice. */
interface Run {
  readonly run: number;
}

// Both ends are of one program, and values cross by structured clone: their types hold.
function shape<Params, Result>(): RequestShape<Params, Result> {
  return {
    params: { parse: (value) => value as Params },
    result: { parse: (value) => value as Result },
  };
}

/** What the editor asks of a data set's worker. */
export const askedOfWorker = {
  open: shape<OpenParams, OpenedDataset>(),
  views: shape<{ readonly from: number; readonly to: number }, readonly PassageView[]>(),
  viewsOf: shape<readonly PassageId[], readonly PassageView[]>(),
  /** With `joins` the edit becomes part of the last step. Null where it changes nothing. */
  apply: shape<
    { readonly edit: DatasetEdit; readonly by: Authorship; readonly joins: boolean },
    Applied | null
  >(),
  undo: shape<null, Applied | null>(),
  redo: shape<null, Applied | null>(),
  find: shape<Run & { readonly query: TextQuery; readonly from: FindFrom }, FoundText | null>(),
  filter: shape<Run & { readonly query: PassageQuery }, readonly PassageId[]>(),
  preview: shape<
    Run & { readonly change: BulkChange; readonly scope: Scope },
    { readonly passages: number; readonly entities: number }
  >(),
  counts: shape<Run, DatasetCounts>(),
  /** Makes patterns ready for `suggest`; answers how many there are. */
  usePatterns: shape<PatternSource, number>(),
  /** What the patterns made ready last suggest for passages; those without anything are left out. */
  suggest: shape<
    {
      readonly ids: readonly PassageId[];
      readonly labels: LabelSpec;
      readonly overlap: OverlapPolicy;
    },
    readonly PatternSuggestions[]
  >(),
  cancel: shape<number, null>(),
  setLabels: shape<LabelSpec, null>(),
  /** Whether the file is as it was when it was opened or saved last. */
  compare: shape<null, 'same' | 'changed' | 'missing'>(),
  /** Writes to a file; `own` means that it is the data set's file from now on. */
  save: shape<{ readonly file: string; readonly own: boolean }, SavedDataset>(),
  /** Writes what is needed to go on later, without the file itself. */
  backup: shape<string, null>(),
  /** Ends the worker; `keep` leaves the working copy for a backup. */
  close: shape<{ readonly keep: boolean }, null>(),
};

/** What the worker tells the editor. */
export const toldByWorker = {
  progress: shape<ReadProgress, null>(),
};
