import type { EntityState, TypePath } from '../entity/entity';
import type { PassageStatus } from './review';

/** What there is in a data set. */
export interface DatasetCounts {
  /** Passages counted so far; less than all while the count is under way. */
  readonly counted: number;
  readonly passages: number;
  readonly statuses: Readonly<Record<PassageStatus, number>>;
  /** Passages with a flag of their own or at an entity. */
  readonly flagged: number;
  readonly bad: number;
  readonly entities: number;
  readonly states: Readonly<Record<EntityState, number>>;
  /** By type, most frequent first. */
  readonly types: readonly TypeCount[];
  readonly annotators: readonly string[];
}

export interface TypeCount {
  readonly path: TypePath;
  readonly count: number;
  readonly states: Readonly<Record<EntityState, number>>;
}
