import type { ScoredPath } from '../../core/entity/entity';
import type { Range } from '../../core/text/range';
import type { HumanOptions } from './humanActions';
import type { KeeperParts } from './keeperParts';
import type { Session } from './session';
import type { TextEdit } from './shiftSpans';

/** What a session needs from the rest of the editor. */
export interface SessionParts {
  readonly keeping: KeeperParts;
  readonly options: HumanOptions;
  readonly threshold: () => number;
  readonly rankTypes: (
    session: Session,
    range: Range,
    limit: number,
  ) => Promise<readonly ScoredPath[]>;
}

/** Follows each edit of a document while it works on it. */
export interface EditFollower {
  edit(edits: readonly TextEdit[]): void;
}
