import path from 'node:path';
import {
  editBratEntry,
  readBratEntry,
  type BratEntry,
  type DocumentState,
} from '../../core/formats/bratFolder';
import { freeName } from '../../core/export/bratFiles';
import type { PassageId } from '../../core/dataset/passage';
import { InputError } from '../../core/errors';
import { decodeUtf8 } from '../../core/formats/wholeFile';
import { phrase } from '../../core/messages/phrase';
import {
  bytesOf,
  digestOf,
  endings,
  isAs,
  listDocuments,
  stateAfter,
  type DocumentBytes,
} from './bratFiles';
import type { DatasetStore } from './datasetStore';
import { lazyEdits } from './lazyEdits';
import type { SaveNotes } from './saveNotes';

/** What a folder has since it was opened, for a backup. Plain data. */
export interface BratFolderState {
  /** What is on the disk of documents that were saved since then, by name. */
  readonly saved: readonly (readonly [name: string, state: DocumentState])[];
  /** Names of the documents of new passages. */
  readonly names: readonly (readonly [PassageId, string])[];
}

/** A document as it is to be. */
export interface WantedDocument {
  readonly name: string;
  /** What its files are to have; undefined where they stay as they are on the disk. */
  readonly bytes: DocumentBytes | undefined;
  /** What they have now. */
  readonly state: DocumentState;
}

const noFiles: DocumentState = { text: null, annotations: null };

/** The folder of brat that an open data set is: what its documents have on the disk, and what they are to have. */
export class BratFolder {
  private readonly saved: Map<string, DocumentState>;
  private readonly names: Map<PassageId, string>;

  constructor(
    readonly folder: string,
    readonly store: DatasetStore,
    state: BratFolderState = { saved: [], names: [] },
  ) {
    this.saved = new Map(state.saved);
    this.names = new Map(state.names);
  }

  get state(): BratFolderState {
    return { saved: [...this.saved], names: [...this.names] };
  }

  /** Whether the folder is as it was when it was opened or saved last. */
  async compare(): Promise<'same' | 'changed' | 'missing'> {
    const there = await listDocuments(this.folder).catch(() => undefined);
    if (there === undefined) return 'missing';
    const left = new Set(there);
    for (const [name, state] of await this.states()) {
      left.delete(name);
      for (const [part, ending] of endings) {
        const file = path.join(this.folder, name + ending);
        if (!(await isAs(file, state[part]))) return 'changed';
      }
    }
    return left.size === 0 ? 'same' : 'changed';
  }

  /** All documents as they are to be, those that are to go included. */
  async *documents(notes: SaveNotes): AsyncGenerator<WantedDocument> {
    const { store } = this;
    const edits = lazyEdits(store, notes.onPassage);
    const options = { ...store.options, onNote: notes.onNote };
    const fresh = store.journal.insertedIds();
    const taken = fresh.size === 0 ? new Set<string>() : new Set((await this.states()).keys());
    for (const name of this.names.values()) taken.add(name);
    const inserted = new Set<string>();
    let record = 0;
    let last = 'passage';
    const { encoding } = store;
    const insert = function* (this: BratFolder): Generator<WantedDocument> {
      const passages = edits.inserted?.get(record) ?? [];
      for (const [at, passage] of passages.entries()) {
        const id = fresh.get(record)?.[at] ?? 0;
        const name = this.names.get(id) ?? freeName(passage.id, last, taken);
        this.names.set(id, name);
        taken.add(name);
        inserted.add(name);
        const contents = editBratEntry({ text: '', annotations: null }, passage, options);
        const state = this.saved.get(name) ?? noFiles;
        yield { name, bytes: bytesOf(contents, noFiles, encoding), state };
      }
    }.bind(this);
    for await (const entry of this.entries()) {
      yield* insert();
      const { name } = entry;
      const passage = edits.replaced.get(record++);
      if (passage !== null) last = name;
      const state = this.saved.get(name) ?? entry.state;
      const isUnchanged = passage === undefined && !this.saved.has(name);
      if (entry.isUnreadable === true && passage === null) throw unreadable(name);
      if (isUnchanged || entry.isUnreadable === true) yield { name, bytes: undefined, state };
      else if (passage === null) yield { name, bytes: { text: null, annotations: null }, state };
      else {
        const contents = passage === undefined ? entry : editBratEntry(entry, passage, options);
        yield { name, bytes: bytesOf(contents, entry.state, encoding), state };
      }
    }
    yield* insert();
    // New passages that were saved and are gone again.
    for (const name of this.names.values()) {
      const state = this.saved.get(name);
      if (state === undefined || inserted.has(name)) continue;
      yield { name, bytes: { text: null, annotations: null }, state };
    }
  }

  /** Notes that a document was written as it was wanted. */
  async noteSaved({ name, bytes, state }: WantedDocument): Promise<void> {
    if (bytes === undefined) return;
    const now = { ...state };
    for (const [part, ending] of endings) {
      const own = bytes[part];
      if (own === null) now[part] = null;
      else if (now[part]?.digest !== digestOf(own)) {
        now[part] = await stateAfter(path.join(this.folder, name + ending), own, now[part]);
      }
    }
    this.saved.set(name, now);
  }

  /** What is on the disk of each document. */
  private async states(): Promise<Map<string, DocumentState>> {
    const states = new Map<string, DocumentState>();
    for await (const { name, state } of this.entries()) states.set(name, state);
    for (const [name, state] of this.saved) states.set(name, state);
    return states;
  }

  /** The documents as they were when the folder was opened. */
  private async *entries(): AsyncGenerator<BratEntry> {
    for await (const unit of this.store.units(this.store.copy.stream())) {
      if (unit.kind === 'record') yield readBratEntry(decodeUtf8(unit.bytes) ?? '');
    }
  }
}

function unreadable(source: string): InputError {
  return new InputError(
    phrase`The document has bytes that are not of its encoding, so that its deletion could not be undone`,
    phrase`Delete its files by hand, or name its encoding in the setting files.encoding.`,
    { source },
  );
}
