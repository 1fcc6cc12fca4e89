import type * as vscode from 'vscode';
import type { Entity, ScoredPath, TypePath } from '../core/entity/entity';
import type { LabelList } from '../core/labels/labelList';
import type { LabelMap } from '../core/mapping/labelMap';
import type { Taxonomy } from '../core/labels/taxonomy';
import type { OpenDataset } from './datasets/contract';

/**
 * What the features of the editor see of the rest. A feature gets `EditorParts` in its constructor,
 * reads entities from sessions, and acts through them; it never talks to an engine itself.
 */

/** What part of a session changed: spans `[start, end)` in UTF-16 units, or everything. */
export interface EntitiesChange {
  readonly ranges: readonly { readonly start: number; readonly end: number }[] | 'all';
}

/** The entities of one open text document, always at the document's current version. */
export interface DocumentSession {
  readonly document: vscode.TextDocument;
  /** Shown entities in text order: at or above the threshold, not rejected. */
  readonly entities: readonly Entity[];
  /** The same, with offsets that edits may have moved since; {@link entity} has those of now. Cheap after an edit. */
  readonly listed: readonly Entity[];
  /** Number of shown entities; cheap, unlike making all of them. */
  readonly entityCount: number;
  readonly rejectedCount: number;
  /** Rejected entities in text order. */
  readonly rejected: readonly Entity[];
  /** Shown entities that touch `[start, end)`, outermost first. Logarithmic in the number of entities. */
  entitiesIn(start: number, end: number): readonly Entity[];
  entity(id: string): Entity | undefined;
  /** Whether an extraction is under way. */
  readonly busy: boolean;
  /** Whether "Extract Entities" ran (or human work was restored) on this document. */
  readonly extracted: boolean;

  accept(ids: readonly string[]): Promise<void>;
  reject(ids: readonly string[]): Promise<void>;
  changeType(ids: readonly string[], path: TypePath): Promise<void>;
  /** Takes all entities to another label list as one step that can be undone. */
  mapTypes(map: LabelMap): Promise<void>;
  /** Adds a human's entity and returns its id. */
  add(start: number, end: number, path: TypePath): Promise<string>;
  /** Annotations whose words are not in the text any more, with these words. */
  readonly notPlaced: readonly { readonly entity: Entity; readonly quote: string }[];
  /** Gives one of them the words `[start, end)`. */
  placeAt(id: string, start: number, end: number): Promise<void>;
  removeNotPlaced(ids: readonly string[]): Promise<void>;
  /** Adds entities with ids of their own as one step that can be undone. */
  insert(entities: readonly Entity[]): Promise<void>;
  restoreRejected(): Promise<void>;
  /** Removes suggestions; with `human` also what humans did. */
  clear(human: boolean): Promise<void>;
  /** Undoes the last human action on this document's entities; false when there is none. */
  undo(): Promise<boolean>;
  /** Does again what was undone last; false when there is nothing. */
  redo(): Promise<boolean>;
  /** Types for a span, best first, from the engine; at most `limit`. */
  rankTypes(start: number, end: number, limit: number): Promise<readonly ScoredPath[]>;

  readonly onDidChange: vscode.Event<EntitiesChange>;
}

/** A change of one session's entities. */
export interface SessionChange extends EntitiesChange {
  readonly session: DocumentSession;
}

export interface Sessions {
  /** The session of a document, made on first use. */
  of(document: vscode.TextDocument): DocumentSession;
  /** The session of a document if it has entities or an extraction under way. */
  existing(document: vscode.TextDocument): DocumentSession | undefined;
  /** The session of the active text editor (or the notebook's active cell), if any. */
  readonly active: DocumentSession | undefined;
  readonly onDidChangeActive: vscode.Event<DocumentSession | undefined>;
  /** Any session changed. */
  readonly onDidChange: vscode.Event<DocumentSession>;
  /** The same, with what changed in it. */
  readonly onDidChangeEntities: vscode.Event<SessionChange>;
}

/** What decides how entities are shown. */
export interface ViewState {
  /** Shown level, 0 = coarse; never deeper than the taxonomy. */
  readonly level: number;
  /** Least span probability shown, in 0..1. */
  readonly threshold: number;
  setLevel(level: number): Promise<void>;
  setThreshold(threshold: number): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

/** The label list in force for a document. */
export interface Labels {
  readonly taxonomy: Taxonomy;
  readonly list: LabelList;
  /** The list of a document, whether it is the active one or not. */
  of(uri: vscode.Uri | undefined): LabelList;
  readonly onDidChange: vscode.Event<void>;
}

export interface EngineStatus {
  /** Name of the engine and model in force. */
  readonly engine: string;
  readonly model: string;
  /** Whether text leaves the machine. */
  readonly remote: boolean;
  readonly state: 'off' | 'starting' | 'ready' | 'busy' | 'failed';
  /** Why the model cannot be used, for the status tooltip. */
  readonly problem?: string;
  /** What the last run asked of a language model and took, where it asked one. */
  readonly spent?: string;
  /** Shown beside the engine: the document's language has no lexer, so all of its text is read. */
  readonly note?: string;
}

/** The data sets that are open in editors. */
export interface Datasets {
  documentOf(uri: vscode.Uri): OpenDataset | undefined;
  readonly all: Iterable<OpenDataset>;
  /** The contents of any of them changed. */
  readonly onDidChange: vscode.Event<OpenDataset>;
  /** One of them was saved or read anew: its file says what it shows. */
  readonly onDidSave: vscode.Event<OpenDataset>;
}

export interface EditorParts {
  readonly context: vscode.ExtensionContext;
  readonly datasets: Datasets;
  readonly sessions: Sessions;
  readonly view: ViewState;
  readonly labels: Labels;
  readonly status: {
    readonly current: EngineStatus;
    readonly onDidChange: vscode.Event<EngineStatus>;
  };
}
