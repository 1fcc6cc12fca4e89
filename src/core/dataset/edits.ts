import type { Entity, EntityState, TypePath } from '../entity/entity';
import type { OverlapPolicy } from '../entity/overlap';
import type { PassageData } from '../formats/format';
import type { MapEntry } from '../mapping/labelMap';
import type { PassageId } from './passage';
import type { PassageQuery } from './query';
import type { PassageStatus } from './review';

/** What is said anew about an entity; keys that are left out stay, `comment: ''` removes one. */
export interface EntityChange {
  readonly start?: number;
  readonly end?: number;
  readonly path?: TypePath;
  readonly state?: EntityState;
  readonly flag?: boolean;
  readonly comment?: string;
}

/** What is said anew about a passage; keys that are left out stay. */
export interface ReviewChange {
  readonly status?: PassageStatus;
  readonly flag?: boolean;
  readonly comment?: string;
}

/** The passages that a change of many is about: all, named ones, or those that a query finds then. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'ids'; readonly ids: readonly PassageId[] }
  | { readonly kind: 'query'; readonly query: PassageQuery };

/** A change that is made alike in many passages. */
export type BulkChange =
  /** Gives entities of a type, and of types below it, another one, as a person's decision; not rejected ones. */
  | { readonly kind: 'retype'; readonly from: TypePath; readonly to: TypePath }
  /** The type itself is called otherwise: paths below it keep their ends, states and scores stay. */
  | { readonly kind: 'rename'; readonly from: TypePath; readonly to: TypePath }
  /** Takes types to those of another list; entities whose type goes nowhere are removed. */
  | { readonly kind: 'map'; readonly entries: readonly MapEntry[] }
  /** Removes the entities of a type and of types below it. */
  | { readonly kind: 'removeType'; readonly path: TypePath }
  /** Accepts or rejects suggestions scored at least `least`, or all where it is absent; of all types or one. */
  | {
      readonly kind: 'decide';
      readonly state: 'accepted' | 'rejected';
      readonly least?: number;
      readonly path?: TypePath;
    }
  /** Marks free occurrences of a mention, as whole words, as entities of a type. */
  | {
      readonly kind: 'mark';
      readonly mention: string;
      readonly path: TypePath;
      readonly ignoreCase?: boolean;
    }
  /** Gives every entity of a mention the type, or rejects it where `path` is null. */
  | { readonly kind: 'decideMention'; readonly mention: string; readonly path: TypePath | null }
  | { readonly kind: 'review'; readonly change: ReviewChange };

/**
 * A change of a data set, one step of undo. Offsets are UTF-16 units of the passage's text as it stands;
 * entities are named by their ids. Edits of people: entities get the annotator and the time.
 */
export type DatasetEdit =
  | {
      readonly kind: 'addEntity';
      readonly id: PassageId;
      readonly start: number;
      readonly end: number;
      readonly path: TypePath;
      /** Id of the new entity; given by the caller so that it can go on with it. */
      readonly entityId: string;
    }
  /** A changed path or place makes a suggestion `corrected`, unless `state` says otherwise. */
  | {
      readonly kind: 'changeEntities';
      readonly id: PassageId;
      readonly entityIds: readonly string[];
      readonly change: EntityChange;
    }
  | {
      readonly kind: 'removeEntities';
      readonly id: PassageId;
      readonly entityIds: readonly string[];
    }
  /** Replaces `[start, end)` of the text; spans follow, those whose text goes whole are removed. */
  | {
      readonly kind: 'changeText';
      readonly id: PassageId;
      readonly start: number;
      readonly end: number;
      readonly text: string;
    }
  /** Puts passages in behind one, or at the front. */
  | {
      readonly kind: 'insert';
      readonly after: PassageId | null;
      readonly passages: readonly PassageData[];
    }
  | { readonly kind: 'remove'; readonly ids: readonly PassageId[] }
  /** Cuts a passage in two; an entity over the cut goes to the part that has more of it. */
  | { readonly kind: 'split'; readonly id: PassageId; readonly at: number }
  /** Joins neighbours into the first of them, `separator` between their texts. */
  | { readonly kind: 'merge'; readonly ids: readonly PassageId[]; readonly separator: string }
  | {
      readonly kind: 'review';
      readonly ids: readonly PassageId[];
      readonly change: ReviewChange;
    }
  /** Puts whole contents in place of passages: takes of the diff view, entities of others. */
  | {
      readonly kind: 'replace';
      readonly passages: readonly { readonly id: PassageId; readonly passage: PassageData }[];
    }
  /** Suggestions of an engine; earlier suggestions go, what people decided on stays. */
  | {
      readonly kind: 'suggest';
      readonly overlap: OverlapPolicy;
      readonly results: readonly { readonly id: PassageId; readonly entities: readonly Entity[] }[];
    }
  | { readonly kind: 'bulk'; readonly change: BulkChange; readonly scope: Scope };
