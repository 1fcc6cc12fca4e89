import * as vscode from 'vscode';
import { isHuman, type Entity, type ScoredPath, type TypePath } from '../../core/entity/entity';
import type { Range } from '../../core/text/range';
import type { DocumentSession, EntitiesChange } from '../contract';
import { Disposable } from '../disposable';
import { viewOfString, type HumanRecord, type TextView } from '../../core/realign/anchor';
import { DirtyRanges } from './dirtyRanges';
import { EntityState, type Found } from './entityState';
import { placeRecords, recordsOf } from './humanRecord';
import type { HumanOptions } from './humanActions';
import type { HumanStore } from './humanStore';
import type { TextEdit } from './shiftSpans';

/** What a session needs from the rest of the editor. */
export interface SessionParts {
  readonly store: HumanStore;
  readonly options: HumanOptions;
  readonly threshold: () => number;
  readonly rankTypes: (
    session: Session,
    range: Range,
    limit: number,
  ) => Promise<readonly ScoredPath[]>;
  /** Told once per file whose kept records were damaged, with where the damaged file went. */
  readonly onDamaged: (document: vscode.TextDocument, file: string) => void;
  /** Told how many kept annotations have no place in the text: they are kept until their words return. */
  readonly onDetached: (document: vscode.TextDocument, count: number) => void;
  /** Told when kept records could not be read; they are tried again before anything is written. */
  readonly onUnreadable: (error: unknown) => void;
}

/** Follows each edit of a document while it works on it. */
export interface EditFollower {
  edit(edits: readonly TextEdit[]): void;
}

/** The entities of one open document, following its edits. */
export class Session extends Disposable implements DocumentSession {
  readonly state: EntityState;
  /** Parts of the text that changed since an extraction read them. */
  readonly dirty = new DirtyRanges();
  /** Extractions under way. */
  readonly followers = new Set<EditFollower>();
  /** Least probability that the document was extracted with, the model's own or another; undefined when it was not as a whole. */
  extractedThreshold: number | 'own' | undefined;
  /** Id of the label list that the document was last extracted with. */
  extractedLabels: string | undefined;
  private shown: readonly Entity[] | undefined;
  private shownList: readonly Entity[] | undefined;
  private rejectedNumber: number | undefined;
  private working = 0;
  private isPartlyRead = false;
  private reading: Promise<void> | undefined;
  /** What was kept has been read: before that, writing would lose it. */
  private isRead = false;
  private hasUnkept = false;

  private readonly changed = this._register(new vscode.EventEmitter<EntitiesChange>());
  readonly onDidChange = this.changed.event;
  private readonly edited = this._register(new vscode.EventEmitter<void>());
  /** The text changed, whether or not that changed entities. */
  readonly onDidEdit = this.edited.event;

  constructor(
    readonly document: vscode.TextDocument,
    private readonly parts: SessionParts,
  ) {
    super();
    this.state = new EntityState(viewOf(document), parts.options);
  }

  get entities(): readonly Entity[] {
    this.shown ??= this.state.pick((entity) => this.isShown(entity));
    return this.shown;
  }

  get listed(): readonly Entity[] {
    if (this.shownList === undefined) {
      const threshold = this.parts.threshold();
      this.shownList = this.state.list((entity) => isShownAbove(entity, threshold));
    }
    return this.shownList;
  }

  get entityCount(): number {
    return this.listed.length;
  }

  get rejectedCount(): number {
    this.rejectedNumber ??= this.state.list(({ state }) => state === 'rejected').length;
    return this.rejectedNumber;
  }

  get rejected(): readonly Entity[] {
    return this.state.pick(({ state }) => state === 'rejected');
  }

  entitiesIn(start: number, end: number): readonly Entity[] {
    const { table } = this.state;
    return table
      .touching(start, end)
      .map((index) => table.at(index))
      .filter((entity) => this.isShown(entity));
  }

  isShown(entity: Entity): boolean {
    return isShownAbove(entity, this.parts.threshold());
  }

  entity(id: string): Entity | undefined {
    return this.state.entity(id);
  }

  get busy(): boolean {
    return this.working > 0;
  }

  get extracted(): boolean {
    return this.extractedThreshold !== undefined || this.isPartlyRead;
  }

  /** Entities of a part of the text are there; edits outside of it do not concern anybody. */
  markPartlyRead(): void {
    this.isPartlyRead = true;
  }

  get canUndo(): boolean {
    return this.state.actions.canUndo;
  }

  /** Marks the session as busy until `work` ends. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.working++ === 0) this.changed.fire({ ranges: [] });
    try {
      return await work();
    } finally {
      if (--this.working === 0) this.changed.fire({ ranges: [] });
    }
  }

  accept(ids: readonly string[]): Promise<void> {
    return this.act(ids, () => this.state.actions.accept(ids));
  }

  reject(ids: readonly string[]): Promise<void> {
    return this.act(ids, () => this.state.actions.reject(ids));
  }

  changeType(ids: readonly string[], path: TypePath): Promise<void> {
    return this.act(ids, () => this.state.actions.changeType(ids, path));
  }

  async add(start: number, end: number, path: TypePath): Promise<string> {
    const id = this.state.actions.add(start, end, path);
    this.keep();
    this.tell([{ start, end }]);
    return Promise.resolve(id);
  }

  restoreRejected(): Promise<void> {
    const ids = this.rejected.map(({ id }) => id);
    return this.act(ids, () => this.state.actions.restoreRejected(ids));
  }

  clear(human: boolean): Promise<void> {
    if (human) this.state.clearAll();
    else this.state.clearSuggestions();
    this.extractedThreshold = undefined;
    if (human) this.keep();
    this.tell('all');
    return Promise.resolve();
  }

  undo(): Promise<boolean> {
    return this.step(() => this.state.actions.undo());
  }

  redo(): Promise<boolean> {
    return this.step(() => this.state.actions.redo());
  }

  async rankTypes(start: number, end: number, limit: number): Promise<readonly ScoredPath[]> {
    return this.parts.rankTypes(this, { start, end }, limit);
  }

  /** Puts an extraction's results in the place of the suggestions of those parts. */
  show(found: readonly Found[]): void {
    this.state.replaceSuggestions(found);
    this.tell(found);
  }

  /** Removes suggestions inside `wanted` that lie in none of the places read, both in text order. */
  dropOutside(read: readonly Range[], wanted: readonly Range[] | undefined): void {
    if (this.state.dropSuggestionsOutside(read, wanted)) this.tell(wanted ?? 'all');
  }

  /** Follows one event's changes of the document's text. */
  follow(edits: readonly TextEdit[]): void {
    for (const follower of this.followers) follower.edit(edits);
    const isExtracted = this.extractedThreshold !== undefined;
    if (isExtracted) for (const edit of edits) this.dirty.edit(edit);
    const { changed, human } = this.state.edit(edits, !isExtracted);
    this.shown = undefined;
    if (human) this.keep();
    if (changed.length > 0) this.tell(changed);
    this.edited.fire();
  }

  /** Puts back what humans did to this document before. @throws what reading the store throws. */
  restore(): Promise<void> {
    this.reading ??= this.readKept().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readKept(): Promise<void> {
    const { records, damaged } = await this.parts.store.read(this.key);
    if (damaged !== undefined) this.parts.onDamaged(this.document, damaged);
    await this.place(records);
    this.isRead = true;
    if (damaged !== undefined || this.hasUnkept) this.keep();
  }

  /** Takes over what humans did to the same text under another name. */
  async adopt(records: readonly HumanRecord[]): Promise<void> {
    await this.place(records);
    this.keep();
  }

  private async place(records: readonly HumanRecord[]): Promise<void> {
    if (records.length === 0) return;
    for (;;) {
      const { version } = this.document;
      const placed = await placeRecords(records, viewOfString(this.document.getText()));
      if (this.isDisposed || this.document.isClosed) return;
      if (this.document.version !== version) continue;
      this.state.restore(placed.standing, placed.detached);
      const detached = placed.detached.length;
      if (detached > 0) this.parts.onDetached(this.document, detached);
      this.isPartlyRead = true;
      this.tell('all');
      return;
    }
  }

  /** What decides which entities are shown changed. */
  refresh(): void {
    this.tell('all');
  }

  get key(): string {
    return this.document.uri.toString();
  }

  private step(take: () => boolean): Promise<boolean> {
    const done = take();
    if (done) {
      this.keep();
      this.tell('all');
    }
    return Promise.resolve(done);
  }

  private act(ids: readonly string[], action: () => void): Promise<void> {
    if (ids.length === 0) return Promise.resolve();
    action();
    this.keep();
    const one = ids.length === 1 ? this.entity(ids[0] ?? '') : undefined;
    this.tell(one === undefined ? 'all' : [one]);
    return Promise.resolve();
  }

  private keep(): void {
    this.hasUnkept = !this.isRead;
    if (this.isRead) this.parts.store.write(this.key, () => recordsOf(this.state));
    else void this.restore().catch(this.parts.onUnreadable);
  }

  private tell(ranges: EntitiesChange['ranges']): void {
    this.shown = undefined;
    this.shownList = undefined;
    this.rejectedNumber = undefined;
    this.changed.fire({ ranges });
  }
}

function isShownAbove(entity: Entity, threshold: number): boolean {
  if (isHuman(entity)) return entity.state !== 'rejected';
  return (entity.score ?? 1) >= threshold;
}

function viewOf(document: vscode.TextDocument): TextView {
  const at = (offset: number) => document.positionAt(offset);
  return {
    get length() {
      return document.offsetAt(new vscode.Position(document.lineCount, 0));
    },
    slice: (start, end) => document.getText(new vscode.Range(at(start), at(end))),
  };
}
