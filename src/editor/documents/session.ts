import * as vscode from 'vscode';
import type { Entity, ScoredPath, TypePath } from '../../core/entity/entity';
import type { LabelMap } from '../../core/mapping/labelMap';
import type { Range } from '../../core/text/range';
import type { DocumentSession, EntitiesChange } from '../contract';
import { Disposable } from '../disposable';
import type { HumanRecord } from '../../core/realign/anchor';
import { AnnotationKeeper } from './annotationKeeper';
import { DirtyRanges } from './dirtyRanges';
import { EntityState, type Found } from './entityState';
import { recordsOf } from './humanRecord';
import type { EditFollower, SessionParts } from './sessionParts';
import type { TextEdit } from './shiftSpans';
import { isShownAbove } from './shownEntities';
import { lengthOf, viewOf } from './textRanges';

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
  private readonly keeper: AnnotationKeeper;
  private beforeEmptied: readonly HumanRecord[] | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<EntitiesChange>());
  readonly onDidChange = this.changed.event;
  private readonly edited = this._register(new vscode.EventEmitter<void>());
  /** The text changed, whether or not that changed entities. */
  readonly onDidEdit = this.edited.event;

  /** @param before Resolves when what a closed document of this name leaves is put away: it must not be read before. */
  constructor(
    readonly document: vscode.TextDocument,
    private readonly parts: SessionParts,
    before = Promise.resolve(),
  ) {
    super();
    this.state = new EntityState(viewOf(document), parts.options);
    const tell = (): void => {
      this.isPartlyRead = true;
      this.tell('all');
    };
    this.keeper = new AnnotationKeeper(document, this.state, parts.keeping, tell, before);
  }

  get entities(): readonly Entity[] {
    this.shown ??= this.state.pick((entity) => this.isShown(entity));
    return this.shown;
  }

  get listed(): readonly Entity[] {
    const least = this.parts.threshold();
    this.shownList ??= this.state.list((entity) => isShownAbove(entity, least));
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

  mapTypes(map: LabelMap): Promise<void> {
    return this.step(() => {
      this.state.actions.mapTypes(map);
      return true;
    }).then(() => undefined);
  }

  changeType(ids: readonly string[], path: TypePath): Promise<void> {
    return this.act(ids, () => this.state.actions.changeType(ids, path));
  }

  async add(start: number, end: number, path: TypePath): Promise<string> {
    const id = this.state.actions.add(start, end, path);
    this.keeper.keep();
    this.tell([{ start, end }]);
    return Promise.resolve(id);
  }

  restoreRejected(): Promise<void> {
    const ids = this.rejected.map(({ id }) => id);
    return this.act(ids, () => this.state.actions.restoreRejected(ids));
  }

  /** Annotations whose words are not in the text, with these words. */
  get notPlaced(): readonly { readonly entity: Entity; readonly quote: string }[] {
    return this.state.detached.map((entity) => ({
      entity,
      quote: this.state.anchor(entity.id)?.quote ?? '',
    }));
  }

  placeAt(id: string, start: number, end: number): Promise<void> {
    return this.act([id], () => this.state.actions.place(id, start, end));
  }

  removeNotPlaced(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids);
    const gone = this.state.detached.filter(({ id }) => wanted.has(id));
    return this.act(ids, () => this.state.actions.remove(gone));
  }

  insert(entities: readonly Entity[]): Promise<void> {
    return this.act(
      entities.map(({ id }) => id),
      () => this.state.actions.insert(entities),
    );
  }

  clear(human: boolean): Promise<void> {
    if (human) this.state.clearAll();
    else this.state.clearSuggestions();
    this.extractedThreshold = undefined;
    if (human) this.keeper.keep();
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
    if (this.document.isUntitled && lengthOf(this.document) === 0)
      this.beforeEmptied = this.records;
    const isExtracted = this.extractedThreshold !== undefined;
    if (isExtracted) for (const edit of edits) this.dirty.edit(edit);
    const { changed, human } = this.state.edit(edits, !isExtracted);
    this.shown = undefined;
    this.keeper.noteText();
    if (human) this.keeper.keep(true);
    if (changed.length > 0) this.tell(changed);
    this.edited.fire();
  }

  /** Puts back what humans did to this document before. @throws what reading it throws. */
  restore(): Promise<void> {
    return this.keeper.restore();
  }

  /** Puts back what followed the document to its name after it was opened. */
  restoreAgain(): Promise<void> {
    return this.keeper.readAgain();
  }

  /** Takes over what humans did to the same text under another name. */
  adopt(records: readonly HumanRecord[]): Promise<void> {
    return this.keeper.adopt(records);
  }

  /** What humans did to the last text that is not empty: VS Code empties an untitled document as it closes it. */
  get lastRecords(): readonly HumanRecord[] {
    const isEmpty = lengthOf(this.document) === 0;
    return (isEmpty ? this.beforeEmptied : undefined) ?? this.records;
  }

  private get records(): readonly HumanRecord[] {
    return recordsOf(this.state);
  }

  /** The document was saved: its annotations are too. */
  save(): Promise<void> {
    this.keeper.noteText();
    return this.keeper.save();
  }

  /** Takes over what others wrote into the file of the annotations. */
  checkFile(): Promise<void> {
    return this.keeper.check();
  }

  /** Keeps what is not kept yet; the document is closing. */
  settle(): Promise<void> {
    return this.keeper.close();
  }

  /** What decides which entities are shown changed. */
  refresh(): void {
    this.tell('all');
  }

  get key(): string {
    return this.keeper.key;
  }

  private step(take: () => boolean): Promise<boolean> {
    const done = take();
    if (done) {
      this.keeper.keep();
      this.tell('all');
    }
    return Promise.resolve(done);
  }

  private act(ids: readonly string[], action: () => void): Promise<void> {
    if (ids.length === 0) return Promise.resolve();
    action();
    this.keeper.keep();
    const one = ids.length === 1 ? this.entity(ids[0] ?? '') : undefined;
    this.tell(one === undefined ? 'all' : [one]);
    return Promise.resolve();
  }

  private tell(ranges: EntitiesChange['ranges']): void {
    this.shown = undefined;
    this.shownList = undefined;
    this.rejectedNumber = undefined;
    this.changed.fire({ ranges });
  }
}
