import type * as vscode from 'vscode';
import type { Entity, TypePath } from '../../core/entity/entity';
import type { Range } from '../../core/text/range';

/** A suggestion that is to be reviewed. */
export interface Suggestion {
  /** Tells it from the others of its place. */
  readonly key: string;
  readonly entity: Entity;
  /** The text around it, short enough for an engine to rank types in, and its place in that. */
  readonly text: string;
  readonly span: Range;
}

/** Where suggestions are reviewed: a document or a data set. */
export interface ReviewPlace {
  readonly uri: vscode.Uri;
  readonly isClosed: boolean;
  /** The suggestions that nobody has decided on yet, as they stand now. */
  suggestions(): Promise<readonly Suggestion[]>;
  /** Brings one into view and selects it. */
  show(suggestion: Suggestion): void;
  decide(suggestion: Suggestion, state: 'accepted' | 'rejected'): Promise<void>;
  changeType(suggestion: Suggestion, path: TypePath): Promise<void>;
}

/** The words of a suggestion. */
export function mentionOf({ text, span }: Suggestion): string {
  return text.slice(span.start, span.end);
}
