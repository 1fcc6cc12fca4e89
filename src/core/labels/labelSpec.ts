import type { TypePath } from '../entity/entity';
import type { AdapterSet } from '../learning/adapterSet';

/** One type of a taxonomy as plain data, with everything an engine may use of it. */
export interface TypeSpec {
  readonly name: string;
  readonly description?: string;
  readonly synonyms?: readonly string[];
  /** Least probability for this type and, where they have none, those below it, in 0..1. */
  readonly threshold?: number;
  /** Whole paths that the type had before and that still mean it. Engines have no use for them. */
  readonly formerly?: readonly TypePath[];
  readonly children?: readonly TypeSpec[];
}

/** One label of a flat list as plain data. */
export interface FlatLabelSpec {
  readonly name: string;
  readonly description?: string;
  readonly synonyms?: readonly string[];
  /** Least probability for this label, in 0..1; the list's when absent. */
  readonly threshold?: number;
}

/**
 * The labels of an extraction as plain data, fit to cross a process border: a taxonomy (its disabled
 * types left out), or a flat list, with what was learned of them. `id` names the content: equal ids mean
 * equal labels, learned alike.
 */
export type LabelSpec = (
  | { readonly kind: 'taxonomy'; readonly types: readonly TypeSpec[] }
  | { readonly kind: 'flat'; readonly labels: readonly FlatLabelSpec[] }
) & { readonly id: string; readonly adapters?: AdapterSet };
