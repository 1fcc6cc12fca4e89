import type { EntityState, TypePath } from '../entity/entity';
import type { PassageStatus } from './review';

/** What passages are looked for; a passage is found when all that is said holds. */
export interface PassageQuery {
  /** Text of the passage. */
  readonly text?: TextQuery;
  /** One entity must fulfil all of this at once. */
  readonly entity?: EntityQuery;
  /** Whether there is an entity at all that was not rejected. */
  readonly hasEntities?: boolean;
  readonly status?: readonly PassageStatus[];
  /** The passage, or an entity of it, is flagged. */
  readonly flag?: boolean;
  /** The passage, or an entity of it, has a comment. */
  readonly comment?: boolean;
  /** Annotator of the passage's review or of an entity. */
  readonly annotator?: string;
  /** Something doubtful was found when it was read. */
  readonly problems?: boolean;
  /** Whether it was edited since the file was opened. */
  readonly edited?: boolean;
  /** Order of the found: as in the file (when absent), or the least certain first. */
  readonly order?: 'file' | 'uncertainty';
}

export interface TextQuery {
  readonly find: string;
  /** Whether `find` is a regular expression (flags `u`, and `i` without `matchCase`). */
  readonly isRegex?: boolean;
  readonly matchCase?: boolean;
  readonly wholeWord?: boolean;
}

export interface EntityQuery {
  /** The type or one above it. */
  readonly path?: TypePath;
  readonly states?: readonly EntityState[];
  /** Score at least and at most, in 0..1; entities without one do not fulfil it. */
  readonly least?: number;
  readonly most?: number;
  readonly annotator?: string;
  /** The mention, case folded. */
  readonly mention?: string;
}

/** Where a text was found. */
export interface FoundText {
  readonly id: number;
  /** Place of the passage, from 0, among all or among those that were searched. */
  readonly number: number;
  /** UTF-16 units of its text, end exclusive. */
  readonly start: number;
  readonly end: number;
}
