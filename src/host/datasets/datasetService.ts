import { writeFile } from 'node:fs/promises';
import type { Touched } from '../../core/dataset/journal';
import type { PassageId } from '../../core/dataset/passage';
import { passagesNeeded } from '../../core/dataset/resolveEdit';
import { InputError } from '../../core/errors';
import type { Answers } from '../../core/messages/messageHandler';
import { phrase } from '../../core/messages/phrase';
import type { PatternsEngine } from '../../engines/patterns/patternsEngine';
import type { Applied, askedOfWorker, OpenedDataset, ReadProgress } from './contract';
import { withSignal } from '../../engines/abort';
import { CountsCache } from './countsCache';
import { readOptionsFor, type DatasetBackup, type OpenParams } from './datasetKind';
import { identifyFile } from './fileIdentity';
import { Indexing } from './indexing';
import { openStore, type OpeningStore } from './openStore';
import { openPatterns, suggestPatterns } from './patternSuggestions';
import { saveBrat, saveBratAs } from './saveBrat';
import { saveDataset, type SavedDataset } from './saveDataset';
import { filterPassages, findNext, previewBulk } from './scans';
import { timedSearch } from './timedSearch';

interface OpenService extends OpeningStore {
  readonly indexing: Indexing;
  readonly counts: CountsCache;
  /** The file that saves go to; undefined for what is no file here. */
  file: string | undefined;
  saved: string | undefined;
}

/** One data set, open in its worker. */
export class DatasetService {
  private opened: OpenService | undefined;
  private patterns: PatternsEngine | undefined;
  private readonly search = timedSearch;
  private readonly closing = new AbortController();
  private readonly runs = new Map<number, AbortController>();
  /** Edits and saves, one after the other. */
  private changes: Promise<unknown> = Promise.resolve();

  readonly answers: Answers<typeof askedOfWorker> = {
    open: (params) => this.open(params),
    views: ({ from, to }) => this.it.store.views(this.it.store.journal.order.idsBetween(from, to)),
    viewsOf: (ids) => this.it.store.views(ids),
    apply: ({ edit, by, joins }) =>
      this.inTurn(async () => {
        this.throwIfReadOnly();
        const { store, counts } = this.it;
        const { kind } = edit;
        const movesOrder =
          kind === 'insert' || kind === 'remove' || kind === 'split' || kind === 'merge';
        const ids = movesOrder || kind === 'bulk' ? undefined : passagesNeeded(edit);
        const joined = joins && store.journal.canUndo && !store.journal.canRedo;
        const applied = await counts.follow(ids, () => store.apply(edit, by, joins));
        return applied === undefined ? null : this.result(applied.touched, applied.ids, !joined);
      }),
    undo: () => this.step('undo'),
    redo: () => this.step('redo'),
    find: ({ run, query, from }) =>
      this.during(run, async (signal) => {
        return (await findNext(this.it.store, query, from, this.search, signal)) ?? null;
      }),
    filter: ({ run, query }) =>
      this.during(run, (signal) => filterPassages(this.it.store, query, this.search, signal)),
    preview: ({ run, change, scope }) =>
      this.during(run, (signal) => previewBulk(this.it.store, change, scope, this.search, signal)),
    counts: ({ run }) =>
      this.during(run, async (signal) => {
        // What is counted while passages come would be counted again and again.
        await withSignal(this.it.indexing.done, signal);
        return this.it.counts.get(signal);
      }),
    usePatterns: async (source) => {
      const { engine, count } = await openPatterns(this.it.store, source);
      this.patterns = engine;
      return count;
    },
    suggest: ({ ids, labels, overlap }) =>
      this.patterns === undefined
        ? []
        : suggestPatterns(this.it.store, this.patterns, ids, labels, overlap),
    cancel: (run) => {
      this.runs.get(run)?.abort();
      return null;
    },
    setLabels: (labels) => {
      this.it.store.options = readOptionsFor(labels);
      this.it.counts.forget();
      return null;
    },
    // Behind a save under way: what that writes is no other program's.
    compare: () => this.inTurn(() => this.compare()),
    save: ({ file, own }) => this.inTurn(() => this.save(file, own)),
    backup: (file) => this.inTurn(() => this.backup(file)),
    close: ({ keep }) => this.close(keep),
  };

  constructor(private readonly tell: (progress: ReadProgress) => void) {}

  private get it(): OpenService {
    if (this.opened === undefined) throw new TypeError('No data set is open.');
    return this.opened;
  }

  private async open(params: OpenParams): Promise<OpenedDataset> {
    const opening = await openStore(params, this.search);
    const { store, pieces, size } = opening;
    const counts = new CountsCache(store, this.closing.signal);
    const indexing = new Indexing(store, pieces, size, (progress) => {
      counts.forget();
      this.tell(progress);
    });
    const file = params.source.kind === 'file' ? params.source.file : undefined;
    this.opened = { ...opening, indexing, counts, file, saved: opening.digest };
    await indexing.first;
    const { format, encoding } = store;
    return { format: format.name, title: format.title, encoding, copy: store.copy.file };
  }

  private step(direction: 'undo' | 'redo'): Promise<Applied | null> {
    return this.inTurn(async () => {
      const { store, counts } = this.it;
      const { journal } = store;
      const touches = direction === 'undo' ? journal.lastTouched : journal.nextTouched;
      const ids = touches?.order === false && touches.ids !== 'all' ? touches.ids : undefined;
      const touched = await counts.follow(ids, () =>
        direction === 'undo' ? journal.undo() : journal.redo(),
      );
      return touched === undefined ? null : this.result(touched, [], true);
    });
  }

  private result(touched: Touched, ids: readonly PassageId[], isStep: boolean): Applied {
    return { touched, ids, isStep, count: this.it.store.journal.order.size };
  }

  private async save(file: string, own: boolean): Promise<SavedDataset> {
    const { it } = this;
    await it.indexing.done;
    this.throwIfIncomplete();
    if (it.brat !== undefined) return own ? saveBrat(it.brat) : saveBratAs(it.brat, file);
    const saved = await saveDataset(it.store, file, it.store.encoding);
    if (own) {
      it.file = file;
      it.saved = saved.digest;
    }
    return saved;
  }

  private async backup(file: string): Promise<null> {
    const { store, origin, saved, indexing, brat } = this.it;
    await indexing.done;
    const backup: DatasetBackup = {
      version: 1,
      copy: store.copy.file,
      format: store.format.name,
      encoding: store.encoding,
      ...origin,
      digest: saved,
      journal: store.journal.state(),
      ...(brat === undefined ? {} : { brat: brat.state }),
    };
    await writeFile(file, JSON.stringify(backup));
    return null;
  }

  private async compare(): Promise<'same' | 'changed' | 'missing'> {
    const { file, saved, brat, indexing } = this.it;
    if (brat !== undefined) {
      await indexing.done;
      return brat.compare();
    }
    if (file === undefined || saved === undefined) return 'same';
    const now = await identifyFile(file);
    if (now === undefined) return 'missing';
    return now.digest === saved ? 'same' : 'changed';
  }

  private async close(keep: boolean): Promise<null> {
    for (const run of this.runs.values()) run.abort();
    this.closing.abort();
    await this.changes.catch(() => undefined);
    await this.opened?.indexing.stop();
    await this.opened?.store.copy.close({ keep });
    return null;
  }

  private throwIfReadOnly(): void {
    const { readOnly } = this.it.indexing;
    if (readOnly !== undefined) {
      throw new InputError(phrase`The data set cannot be edited`, readOnly);
    }
  }

  /** A file that was not read to its end is not written over. */
  private throwIfIncomplete(): void {
    const { failure } = this.it.indexing;
    if (failure !== undefined) throw new InputError(phrase`The data set cannot be saved`, failure);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.changes.catch(() => undefined).then(work);
    this.changes = next;
    return next;
  }

  private async during<T>(run: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.runs.set(run, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.runs.delete(run);
    }
  }
}
