import * as vscode from 'vscode';
import { isHuman } from '../../core/entity/entity';
import { examplesIn, type AdapterSet } from '../../core/learning/adapterSet';
import { withoutOutdated, type OutdatedPack } from '../../core/learning/outdated';
import { withoutKeys } from '../../core/withoutKeys';
import type { AnnotatedPassage } from '../../engines/engine';
import type { Datasets } from '../contract';
import { activeDataset } from '../datasets/activeDataset';
import { Disposable } from '../disposable';
import { takeTurns } from '../../engines/turns';
import type { OpenSessions } from '../documents/sessions';
import type { OutdatedLearning } from '../engine/encoderInForce';
import type { EngineAccess } from '../engine/engineAccess';
import type { LabelsInForce } from '../labels/labelsInForce';
import type { StoredValue } from '../storedValue';
import type { AdapterStore } from './adapterStore';
import { annotatedInDataset, annotatedInDocument, type Annotated } from './annotatedPassages';
import type { LearnedLabels } from './learnedLabels';

/** Pause after an annotation before it is learned from, in milliseconds: people annotate in runs. */
const PAUSE = 1500;
const UNDO_STEPS = 20;

interface Learned {
  readonly set: AdapterSet | undefined;
}

/** What was learned of a list for another version of a pack. */
export interface OutdatedList extends OutdatedPack {
  /** The key of the list. */
  readonly key: string;
}

/**
 * Learns from the annotations of open documents and data sets while it is switched on: what humans
 * accepted, corrected, added and rejected, for the label list of each. Each time can be undone.
 */
export class Learner extends Disposable {
  private readonly before = new Map<string, Learned[]>();
  /** What was learned from last, by list: suggestions that come and go are no reason to learn again. */
  private readonly decided = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private readonly loaded = new Set<string>();
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Switched on or off, or learned something. */
  readonly onDidChange = this.changed.event;
  private readonly told = new Set<string>();
  private readonly setAside = this._register(new vscode.EventEmitter<OutdatedList>());
  /** What was learned of a list is not used, since the model has another version; told once of each. */
  readonly onDidSetAside = this.setAside.event;

  constructor(
    private readonly sessions: OpenSessions,
    private readonly datasets: Datasets,
    private readonly labels: LabelsInForce,
    private readonly learned: LearnedLabels,
    private readonly access: EngineAccess,
    private readonly store: AdapterStore,
    private readonly isOn: StoredValue<boolean>,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this._register(sessions.onDidChange(({ document }) => this.follow(document.uri)));
    this._register(datasets.onDidChange(({ uri }) => this.follow(uri)));
    // A data set comes to the front without a text editor being active.
    this._register(vscode.window.tabGroups.onDidChangeTabs(() => void this.load()));
    this._register({ dispose: () => clearTimeout(this.timer) });
    this._register(sessions.onDidChangeActive(() => void this.load()));
    this._register(access.onDidChangeModel(() => this.reload()));
    void this.load();
  }

  get on(): boolean {
    return this.isOn.get() === true;
  }

  /** Number of examples that the active document's list was learned from. */
  get examples(): number {
    const set = this.learned.get(this.key);
    return set === undefined ? 0 : examplesIn(set);
  }

  /** Switches on and learns at once. @returns Whether there was something to learn from. */
  async switchOn(): Promise<boolean> {
    await this.isOn.set(true);
    await this.load();
    const { key } = this;
    // What was taken back before is learned again when somebody asks for it.
    if (this.learned.get(key) === undefined) this.decided.delete(key);
    await this.learnNow(this.activeUri);
    this.changed.fire();
    return this.examples > 0;
  }

  /** Switches off: the pack alone decides again, for all lists. What was learned stays in its files. */
  async switchOff(): Promise<void> {
    await this.isOn.set(false);
    clearTimeout(this.timer);
    await this.inTurn(() => {
      this.learned.clear();
      this.loaded.clear();
    });
    this.changed.fire();
  }

  /** Learns of a list anew from all that is open. @returns Whether there was something to learn from. */
  async learnAgain(key: string): Promise<boolean> {
    this.decided.delete(key);
    await this.learnNow(this.uriOf(key));
    return this.decided.has(key);
  }

  /** Does without what was learned for another version of the model; it stays in its file. */
  leaveOut({ learned, packs }: OutdatedLearning): Promise<void> {
    return this.inTurn(() => {
      const key = this.learned.keyOf(learned);
      if (key === undefined) return;
      const rest = withoutOutdated(learned, packs);
      this.learned.set(key, rest.packs.length === 0 ? undefined : rest);
      this.changed.fire();
      for (const pack of packs) {
        const told = JSON.stringify([key, pack]);
        if (!this.told.has(told)) this.setAside.fire({ key, ...pack });
        this.told.add(told);
      }
    });
  }

  /** Takes the last learning of a list back; false when there is none. */
  async undo(key = this.key): Promise<boolean> {
    const file = this.fileOf(key);
    return this.inTurn(async () => {
      const last = this.before.get(key)?.pop();
      if (last === undefined) return false;
      await this.put(key, last.set, file);
      return true;
    });
  }

  /** Deletes what was learned of a list, which can be undone; false when nothing was. */
  async forget(key = this.key): Promise<boolean> {
    const file = this.fileOf(key);
    return this.inTurn(async () => {
      const set = this.learned.get(key) ?? (await this.store.read(file));
      if (set === undefined) return false;
      this.remember(key, set);
      await this.put(key, undefined, file);
      return true;
    });
  }

  /** Resolves once nothing is being learned. */
  settled(): Promise<void> {
    return this.working;
  }

  private get activeUri(): vscode.Uri | undefined {
    return this.sessions.active?.document.uri ?? activeDataset(this.datasets)?.uri;
  }

  private get key(): string {
    return this.labels.key(this.activeUri);
  }

  /** Learns again after a pause when humans' decisions changed. */
  private follow(uri: vscode.Uri): void {
    if (!this.on) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.learnNow(uri).catch(this.onError);
    }, PAUSE);
  }

  private learnNow(uri: vscode.Uri | undefined): Promise<void> {
    return this.inTurn(() => this.learn(uri));
  }

  /** Runs after what is being done: two that write what was learned must not overtake each other. */
  private inTurn<T>(run: () => T | Promise<T>): Promise<T> {
    const work = this.working.then(run);
    this.working = work.then(
      () => undefined,
      () => undefined,
    );
    return work;
  }

  /** @throws what reading the documents and the engine throw. */
  private async learn(uri: vscode.Uri | undefined): Promise<void> {
    if (uri === undefined || this.isDisposed || !this.on) return;
    const key = this.labels.key(uri);
    const passages = await this.gather(key);
    if (passages.length === 0) return;
    const decided = JSON.stringify(
      passages.map(({ text, entities }) => [text, entities.filter(isHuman)]),
    );
    if (decided === this.decided.get(key)) return;
    const engine = await this.access.engine();
    if (engine.learn === undefined) return;
    const labels = (await this.labels.ready(uri)).toSpec();
    const plain = withoutKeys(labels, 'adapters');
    const set = await engine.learn(passages, { labels: plain });
    if (examplesIn(set) === 0) return;
    this.decided.set(key, decided);
    this.remember(key, this.learned.get(key));
    const file = this.fileOf(key);
    await this.put(key, set, file);
    // Nobody waits for it: it takes ten times as long. The documents may be closed by then.
    engine
      .learn(passages, { labels: plain, estimates: true })
      .then((estimated) =>
        this.inTurn(async () => {
          const isLast = this.learned.get(key) === set && !this.isDisposed;
          if (isLast) await this.put(key, estimated, file);
        }),
      )
      .catch(this.onError);
  }

  /** Notes what an undo goes back to. */
  private remember(key: string, set: AdapterSet | undefined): void {
    this.before.set(key, [...(this.before.get(key) ?? []).slice(1 - UNDO_STEPS), { set }]);
  }

  /** The passages with human decisions of all that is open and has the list of `key`. */
  private async gather(key: string): Promise<AnnotatedPassage[]> {
    const passages: AnnotatedPassage[] = [];
    const breath = takeTurns();
    for await (const passage of this.annotated(key)) {
      await breath();
      passages.push({ id: String(passages.length), ...passage });
    }
    return passages;
  }

  private async *annotated(key: string): AsyncGenerator<Annotated> {
    for (const session of this.sessions.all) {
      if (this.labels.key(session.document.uri) !== key) continue;
      yield* annotatedInDocument(session, this.access);
    }
    for (const dataset of this.datasets.all) {
      if (this.labels.key(dataset.uri) === key) yield* annotatedInDataset(dataset);
    }
  }

  private async put(key: string, set: AdapterSet | undefined, file: vscode.Uri): Promise<void> {
    await this.store.write(file, set);
    this.learned.set(key, set);
    this.changed.fire();
  }

  /** Reads what was learned before, once for each list, while learning is switched on. */
  private async load(): Promise<void> {
    const { key } = this;
    if (!this.on || this.loaded.has(key)) return;
    this.loaded.add(key);
    try {
      const set = await this.store.read(this.fileOf(key));
      if (set !== undefined) this.learned.set(key, set);
      this.changed.fire();
    } catch (error) {
      this.onError(error);
    }
  }

  /** Another model may be of the version that something was learned for. */
  private reload(): void {
    this.loaded.clear();
    void this.load();
  }

  /** Beside the list's own file, where it has one. */
  private fileOf(key: string): vscode.Uri {
    return this.store.fileOf(key, this.labels.fileFor(this.uriOf(key)));
  }

  /** Something open that has the list, what is active before others. */
  private uriOf(key: string): vscode.Uri | undefined {
    const documents = [...this.sessions.all].map(({ document }) => document.uri);
    const datasets = [...this.datasets.all].map(({ uri }) => uri);
    return [this.activeUri, ...documents, ...datasets].find((one) => this.labels.key(one) === key);
  }
}
