import type { PassageData } from '../formats/format';
import type { Problem } from '../problem';
import type { Review } from './review';

/**
 * Name of a passage while its data set is open, the same over edits, undo and saves: for one that was
 * in the file when it was opened the number of its record, from 0; for a new one below 0.
 */
export type PassageId = number;

/** A passage of an open data set as it stands now. */
export interface PassageView {
  readonly id: PassageId;
  /** Its place among the passages, from 0. */
  readonly number: number;
  /** Text and entities, offsets in UTF-16 units; of a bad record the text is what stands in the file. */
  readonly passage: PassageData;
  /** What people said about the passage as a whole. */
  readonly review: Review;
  /** Everything doubtful that was found when it was read. */
  readonly problems: readonly Problem[];
  /** Whether the record could not be read: it can be removed, and stays byte for byte otherwise. */
  readonly isBad: boolean;
  /** Whether it differs from what the file said when it was opened. */
  readonly isEdited: boolean;
}

/** Who makes an edit, and when. */
export interface Authorship {
  readonly annotator?: string;
  /** ISO 8601. */
  readonly time: string;
}
