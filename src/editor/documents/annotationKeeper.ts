import * as vscode from 'vscode';
import { isHuman } from '../../core/entity/entity';
import { viewOfString, type HumanRecord } from '../../core/realign/anchor';
import { noRest, type AnnotationFile, type FileRest } from '../../core/realign/annotationFile';
import { mergeAnnotations, type Version } from '../../core/realign/mergeAnnotations';
import type { SeenFile } from './annotationFiles';
import { stampOf } from './atomicFile';
import type { EntityState } from './entityState';
import { placeRecords, recordsOf, type Change } from './humanRecord';
import type { KeeperParts } from './keeperParts';
import { lengthOf, textOf } from './textRanges';
import { digestsOf, Versions } from './versions';

/**
 * Keeps one document's annotations: each change at once in the journal, all of them in their file when
 * the document is saved, merged with what others wrote there meanwhile.
 */
export class AnnotationKeeper {
  /** Digests of the annotations as their file has them. */
  private base: ReadonlyMap<string, string> = new Map();
  private seen: SeenFile | undefined;
  /** The file that annotations were read from, where they are to be saved in another. */
  private elsewhere: vscode.Uri | undefined;
  private rest: FileRest = noRest;
  private readonly versions = new Versions();
  /** Version of the document that the file's text is of. */
  private fileVersion: number | undefined;
  /** Version of the document that is on the disk. */
  private savedVersion: number | undefined;
  private isRead = false;
  private hasUnkept = false;
  private isClosed = false;
  private reading: Promise<void> | undefined;

  /**
   * @param onPlaced Told when annotations came from elsewhere into the state.
   * @param turn Resolves when the files may be read.
   */
  constructor(
    private readonly document: vscode.TextDocument,
    private readonly state: EntityState,
    private readonly parts: KeeperParts,
    private readonly onPlaced: () => void,
    private turn: Promise<unknown>,
  ) {
    this.noteText();
  }

  get key(): string {
    return this.document.uri.toString();
  }

  /** Notes whether the text of now is that on the disk; called after each change of either. */
  noteText(): void {
    if (!this.document.isDirty) this.savedVersion = this.document.version;
  }

  /** Puts back what humans did before. @throws what reading the files throws. */
  restore(): Promise<void> {
    this.reading ??= this.inTurn(() => this.read()).finally(() => (this.reading = undefined));
    return this.reading;
  }

  /** Puts back what came to the files since they were read: they followed the document to its name. */
  readAgain(): Promise<void> {
    return this.inTurn(() => this.read());
  }

  /** Notes that humans did something. @param soon Whether it comes with each key stroke. */
  keep(soon = false): void {
    this.hasUnkept = !this.isRead;
    if (this.hasUnkept) void this.restore().catch(this.parts.onFailure);
    else if (soon) this.parts.journal.writeLater(this.key, () => this.changes());
    else {
      const ready = this.versions.prepare(this.state);
      this.parts.journal.write(this.key, () => this.changes(), ready);
    }
  }

  /** Takes over what humans did to the same text under another name. */
  async adopt(records: readonly HumanRecord[]): Promise<void> {
    await this.restore();
    const placed = await placeRecords(records, viewOfString((await textOf(this.document)).text));
    this.state.restore(placed.standing, placed.detached);
    this.onPlaced();
    this.keep();
    if (!this.document.isDirty) await this.save();
  }

  /** Saves the annotations in their file; called when the document was saved. */
  save(): Promise<void> {
    return this.inTurn(() => this.write()).catch(this.parts.onFailure);
  }

  /** Takes over what others wrote into the file. */
  check(): Promise<void> {
    return this.inTurn(() => this.takeOver()).catch(this.parts.onFailure);
  }

  /** Keeps what is not kept yet; with text that is on the disk, in the file too. The document is closing. */
  async close(): Promise<void> {
    await this.parts.journal.flushOne(this.key);
    const isSaved = !this.document.isUntitled && this.savedVersion === this.document.version;
    if (isSaved && this.isRead && this.changes().length > 0) {
      const isThere = (await stampOf(this.document.uri).catch(() => undefined)) !== undefined;
      if (isThere) await this.save();
    }
    this.isClosed = true;
  }

  private changes(): readonly Change[] {
    return this.versions.changesSince(this.base, this.state);
  }

  private async read(): Promise<void> {
    const { journal, files } = this.parts;
    const { changes, damaged } = await journal.read(this.key);
    if (damaged !== undefined) this.parts.onDamaged(this.document, damaged);
    const found = await files.find(this.document.uri);
    const wanted = await files.placeOf(this.document.uri);
    const after = changes.flatMap((change) => change.after ?? []);
    for (;;) {
      const { version, text } = await textOf(this.document);
      const file = found && (await files.read(found.bytes, text));
      const placed = await placeRecords(after, viewOfString(text));
      if (this.isClosed) return;
      if (this.document.version !== version) continue;
      if (found !== undefined && found.uri.toString() === wanted.toString()) this.seen = found;
      else this.elsewhere = found?.uri;
      this.takeRead(file, changes, placed, version);
      break;
    }
    this.isRead = true;
    if (damaged !== undefined || this.hasUnkept) this.keep();
  }

  /** What the file says, with what was done since on top. */
  private takeRead(
    file: AnnotationFile | undefined,
    changes: readonly Change[],
    placed: Awaited<ReturnType<typeof placeRecords>>,
    version: number,
  ): void {
    const theirs = file === undefined ? new Map<string, Version>() : this.versions.learn(file);
    const [base, ours] = [digestsOf(theirs), new Map(theirs)];
    for (const { id, before, after } of changes) {
      if (before === undefined) base.delete(id);
      else base.set(id, before);
      if (after === undefined) ours.delete(id);
      else ours.set(id, this.versions.of(after.entity, after.anchor.quote));
    }
    const { take, conflicts } = mergeAnnotations(base, ours, theirs);
    const isOurs = new Set(changes.flatMap(({ id }) => (take.has(id) ? [] : [id])));
    const standing = [
      ...(file?.standing ?? []).filter(({ entity }) => !isOurs.has(entity.id)),
      ...placed.standing.filter(({ entity }) => isOurs.has(entity.id)),
    ];
    const detached = [
      ...(file?.notPlaced ?? []).filter(({ entity }) => !isOurs.has(entity.id)),
      ...placed.detached.filter(({ entity }) => isOurs.has(entity.id)),
    ];
    this.base = this.seen === undefined ? new Map() : digestsOf(theirs);
    if (this.seen !== undefined && file?.isSame === true) this.fileVersion = version;
    this.show(file, standing, detached, conflicts);
  }

  private show(
    file: AnnotationFile | undefined,
    standing: readonly HumanRecord[],
    detached: readonly HumanRecord[],
    conflicts: number,
  ): void {
    const { onBadLines, onConflicts, onDetached } = this.parts;
    this.rest = file?.rest ?? this.rest;
    this.state.restore(standing, detached);
    if (file !== undefined && file.suggestions.length > 0) {
      const whole = { start: 0, end: lengthOf(this.document), entities: file.suggestions };
      this.state.replaceSuggestions([whole]);
    }
    const uri = this.seen?.uri ?? this.elsewhere;
    if (uri !== undefined && this.rest.badLines.length > 0)
      onBadLines(uri, this.rest.badLines.length);
    if (conflicts > 0) onConflicts(this.document, conflicts);
    if (detached.length > 0) onDetached(this.document, detached.length);
    if (file !== undefined || standing.length + detached.length > 0) this.onPlaced();
  }

  private async write(): Promise<void> {
    const { files } = this.parts;
    if (!this.isRead) await this.read();
    const uri = await this.parts.files.placeOf(this.document.uri);
    await this.mergeFrom(uri, await stampOf(uri));
    await this.versions.prepare(this.state);
    const { version, text } = await textOf(this.document);
    const isSame = this.seen?.uri.toString() === uri.toString() && this.fileVersion === version;
    const now = this.versions.ofState(this.state);
    if (isSame && this.versions.changesSince(this.base, this.state, now).length === 0) return;
    const records = recordsOf(this.state);
    if (records.length === 0 && this.seen === undefined && this.elsewhere === undefined) return;
    const saved = digestsOf(now);
    const aside = new Set(this.state.detached.map(({ id }) => id));
    const suggestions = this.rest.suggests ? this.state.pick((entity) => !isHuman(entity)) : [];
    const human = records.filter(({ entity }) => !aside.has(entity.id));
    const entities = [...human.map(({ entity }) => entity), ...suggestions];
    const notPlaced = records.filter(({ entity }) => aside.has(entity.id));
    const isEmpty =
      entities.length + notPlaced.length + this.rest.details.length + this.rest.badLines.length ===
      0;
    if (isEmpty) await files.remove(uri);
    this.seen = isEmpty
      ? undefined
      : await files.write(this.document.uri, { text, entities, notPlaced, rest: this.rest });
    this.base = saved;
    this.fileVersion = version;
    await files.removeStored(this.document.uri, this.seen);
    this.elsewhere = undefined;
    this.parts.journal.write(this.key, () => this.changes());
  }

  private async takeOver(): Promise<void> {
    if (!this.isRead) return;
    const uri = await this.parts.files.placeOf(this.document.uri);
    const stamp = await stampOf(uri);
    // What others did once the document was closed is seen when it is opened again, by another keeper.
    if (!this.document.isClosed) await this.mergeFrom(uri, stamp);
  }

  /** Merges what others wrote into the file since it was seen last; it has the stamp `stamp` now. */
  private async mergeFrom(uri: vscode.Uri, stamp: string | undefined): Promise<void> {
    const known = this.seen?.uri.toString() === uri.toString() ? this.seen.stamp : undefined;
    if (stamp === known) return;
    if (stamp === undefined) return this.followRemoval();
    const bytes = await vscode.workspace.fs.readFile(uri);
    for (;;) {
      const { version, text } = await textOf(this.document);
      const file = await this.parts.files.read(bytes, text);
      if (this.isClosed) return;
      if (this.document.version !== version) continue;
      const theirs = this.versions.learn(file);
      const ours = this.versions.ofState(this.state);
      const { take, remove, conflicts } = mergeAnnotations(this.base, ours, theirs);
      this.state.forget(new Set([...take, ...remove]));
      this.seen = { uri, stamp };
      this.base = digestsOf(theirs);
      this.fileVersion = file.isSame ? version : undefined;
      this.show(
        file,
        file.standing.filter(({ entity }) => take.has(entity.id)),
        file.notPlaced.filter(({ entity }) => take.has(entity.id)),
        conflicts,
      );
      this.parts.journal.write(this.key, () => this.changes());
      return;
    }
  }

  /** Somebody removed the file: what it held goes, what was done since stays, and undo brings all back. */
  private followRemoval(): void {
    const ours = this.versions.ofState(this.state);
    const { remove } = mergeAnnotations(this.base, ours, new Map());
    const gone = recordsOf(this.state).flatMap(({ entity }) =>
      remove.has(entity.id) ? [entity] : [],
    );
    this.seen = undefined;
    this.base = new Map();
    this.rest = noRest;
    this.fileVersion = undefined;
    this.state.actions.remove(gone);
    this.parts.journal.write(this.key, () => this.changes());
    if (gone.length === 0) return;
    this.onPlaced();
    this.parts.onRemoved(this.document, gone.length);
  }

  /** Reading, merging and writing wait for each other. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
