import type { TypePath } from '../entity/entity';
import type { Phrase } from '../messages/phrase';
import type { Range } from '../text/range';
import type { RuleId } from './rules';

/** How bad a finding is: data that is lost or wrong, doubtful data, a hint. */
export type Severity = 'error' | 'warning' | 'note';

/** What a fix does to an entity of a passage: gives it another span or type, or takes it away. */
export interface EntityChange {
  /** Number of the record in its file, from 0. */
  readonly index: number;
  /** Id of the entity. */
  readonly entity: string;
  readonly to: { readonly span: Range } | { readonly path: TypePath } | 'remove';
}

/** A fix takes a whole passage away. */
export interface PassageRemoval {
  readonly index: number;
  readonly to: 'remove';
}

export type Change = EntityChange | PassageRemoval;

/** A way to mend a finding, as changes of passages. */
export interface Fix {
  readonly title: Phrase;
  readonly changes: readonly Change[];
  /** Whether it may be made without asking: it changes no meaning. */
  readonly safe: boolean;
}

/** A stretch of a file: lines and columns from 1, columns in UTF-16 units, the end exclusive. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where something stands in a data set. */
export interface Place {
  /** Number of the record in its file, from 0. */
  readonly index: number;
  /** Line of the file, counted from 1: where the record, or the bad line in it, begins. */
  readonly line: number;
  /** Bytes of the record in its file, end exclusive. */
  readonly bytes: Range;
  /** What of the passage's text it is about, in UTF-16 units. */
  readonly span?: Range;
  /** The same in code points, where they differ. */
  readonly points?: Range;
  /** The same in the file, where it is known. */
  readonly region?: Region;
}

/** Something wrong or doubtful in a data set. */
export interface Finding extends Place {
  /** Rule that found it: its id is the same in every version. */
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Key or column that it is about, as `entities[2].start`. */
  readonly field?: string;
  /** What is wrong, as a sentence without its final full stop. */
  readonly message: Phrase;
  /** What the user can do about it, as a sentence. */
  readonly mend: Phrase;
  /** Ways to mend it, the best first. */
  readonly fixes: readonly Fix[];
  /** Further places that it is about, of many the first. */
  readonly related?: readonly Place[];
}

/** What a rule finds out about a passage; the runner adds where the passage stands. */
export type Draft = Pick<Finding, 'rule' | 'message' | 'mend'> &
  Partial<Pick<Finding, 'span' | 'field' | 'fixes' | 'line'>>;
