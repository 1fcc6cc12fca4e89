import type { PassageData } from '../formats/format';
import { activateRule, type ActiveRule } from './activeRule';
import { applyBulk } from './bulk';
import type { BulkRule, Operation } from './operations';
import type { PassageId } from './passage';
import { PassageOrder, type PassageRun } from './passageOrder';
import type { FindText, PassageFacts } from './queryMatch';

/** A passage as the journal has it: made by an edit, and the step that made it. */
interface Written {
  readonly passage: PassageData;
  /** Number of steps before it; rules of later steps are still to be made in it. */
  readonly step: number;
}

/** How one operation is taken back. */
type Undo = (journal: Journal) => void;

interface Entry {
  readonly operations: readonly Operation[];
  readonly undos: readonly Undo[];
}

/** What a journal has made of its file, without the way there: for a backup. Plain data. */
export interface JournalState {
  /** Records of the file that the order covers. */
  readonly records: number;
  readonly runs: readonly PassageRun[];
  readonly written: readonly (readonly [PassageId, PassageData, step: number])[];
  readonly rules: readonly (readonly [BulkRule, step: number])[];
  readonly steps: number;
  /** The lowest id given to a new passage, or 0. */
  readonly lastId: PassageId;
}

/** What the file says of a passage. */
export interface ReadContent {
  readonly passage: PassageData;
  /** Whether it is doubtful. */
  readonly hasProblems: boolean;
  /** Whether it could not be read; rules leave it alone. */
  readonly isBad: boolean;
}

/** Which passages a step was about. */
export interface Touched {
  readonly ids: readonly PassageId[] | 'all';
  /** Whether passages came or went. */
  readonly order: boolean;
}

/**
 * The edits of a data set over its file, which stays as it is: which passages there are in which order,
 * the contents of those that were written anew, and rules for changes of many. Each step can be undone
 * and redone, also those before a save.
 */
export class Journal {
  readonly order: PassageOrder;
  private readonly written = new Map<PassageId, Written>();
  private readonly rules: ActiveRule[] = [];
  private entries: Entry[] = [];
  private done = 0;
  private records: number;
  private readonly base: number;
  private lastId: PassageId;

  /** @param search How the queries of rules search texts; a caller may put a limit on its time. */
  constructor(
    state?: JournalState,
    private readonly search?: FindText,
  ) {
    this.order = new PassageOrder([...(state?.runs ?? [])]);
    this.records = state?.records ?? 0;
    this.base = state?.steps ?? 0;
    this.lastId = state?.lastId ?? 0;
    for (const [id, passage, step] of state?.written ?? []) this.written.set(id, { passage, step });
    for (const [rule, step] of state?.rules ?? [])
      this.rules.push(activateRule(rule, step, search));
  }

  /** Number of steps made and not undone, those of a restored state included. */
  get steps(): number {
    return this.base + this.done;
  }

  get canUndo(): boolean {
    return this.done > 0;
  }

  get canRedo(): boolean {
    return this.done < this.entries.length;
  }

  /** Whether any passage may differ from its file's. */
  get hasChanges(): boolean {
    return this.written.size > 0 || this.rules.length > 0 || this.order.size !== this.records;
  }

  /** Tells that the file has this many records; new ones stand behind all passages known. */
  grow(records: number): void {
    const count = records - this.records;
    if (count <= 0) return;
    this.order.append({ first: this.records, count });
    this.records = records;
  }

  /** An id for a new passage. */
  newId(): PassageId {
    return --this.lastId;
  }

  /** Makes a step; steps that were undone can no longer be redone. */
  apply(operations: readonly Operation[]): Touched {
    this.entries.length = this.done;
    this.entries.push({ operations, undos: operations.map((one) => this.perform(one)) });
    this.done++;
    return touchedBy(operations);
  }

  /** Adds to the last step, which stays one; makes a step of its own where none can be undone. */
  extend(operations: readonly Operation[]): Touched {
    const last = this.entries[this.done - 1];
    if (last === undefined || this.canRedo) return this.apply(operations);
    this.done--;
    const undos = operations.map((one) => this.perform(one));
    this.entries[this.done++] = {
      operations: [...last.operations, ...operations],
      undos: [...last.undos, ...undos],
    };
    return touchedBy(operations);
  }

  /** What the step was about that `undo` would take back; undefined when there is none. */
  get lastTouched(): Touched | undefined {
    const entry = this.entries[this.done - 1];
    return entry === undefined ? undefined : touchedBy(entry.operations);
  }

  /** What the step was about that `redo` would make again; undefined when there is none. */
  get nextTouched(): Touched | undefined {
    const entry = this.entries[this.done];
    return entry === undefined ? undefined : touchedBy(entry.operations);
  }

  /** Takes back the last step; undefined when there is none. */
  undo(): Touched | undefined {
    const entry = this.entries[this.done - 1];
    if (entry === undefined) return undefined;
    for (const undo of entry.undos.toReversed()) undo(this);
    this.done--;
    return touchedBy(entry.operations);
  }

  /** Makes the step again that was undone last; undefined when there is none. */
  redo(): Touched | undefined {
    const entry = this.entries[this.done];
    if (entry === undefined) return undefined;
    const undos = entry.operations.map((one) => this.perform(one));
    this.entries[this.done] = { ...entry, undos };
    this.done++;
    return touchedBy(entry.operations);
  }

  /**
   * The passage of an id as it stands.
   * @param read Its content in the file; asked only when needed.
   */
  content(id: PassageId, read: () => ReadContent | undefined): PassageFacts | undefined {
    const written = this.written.get(id);
    const own = written === undefined ? read() : { ...written, hasProblems: false, isBad: false };
    if (own === undefined) return undefined;
    const step = written?.step ?? -1;
    let facts: PassageFacts = {
      passage: own.passage,
      hasProblems: own.hasProblems,
      isEdited: written !== undefined,
    };
    for (const { rule, step: made, holds } of this.rules) {
      if (own.isBad || made < step || !holds(id, facts)) continue;
      const passage = applyBulk(facts.passage, rule.change, rule.by);
      if (passage !== facts.passage) facts = { ...facts, passage, isEdited: true };
    }
    return facts;
  }

  /** Whether an edit or a rule may have changed the passage. */
  mayDiffer(id: PassageId): boolean {
    return this.written.has(id) || this.rules.length > 0;
  }

  get hasRules(): boolean {
    return this.rules.length > 0;
  }

  /** Ids of the passages that were written anew and are still there. */
  writtenIds(): PassageId[] {
    return [...this.written.keys()].filter((id) => this.order.numberOf(id) !== undefined);
  }

  /** Records of the file that were removed. */
  *removedRecords(): Generator<number> {
    const kept = this.order
      .toRuns()
      .filter(({ first }) => first >= 0)
      .sort((a, b) => a.first - b.first);
    let next = 0;
    for (const { first, count } of [...kept, { first: this.records, count: 0 }]) {
      for (; next < first; next++) yield next;
      next = first + count;
    }
  }

  /** New passages by the record that they come before; the number of records means at the end. */
  insertedIds(): Map<number, PassageId[]> {
    const inserted = new Map<number, PassageId[]>();
    let waiting: PassageId[] = [];
    for (const { first, count } of this.order.toRuns()) {
      if (first < 0) {
        for (let offset = 0; offset < count; offset++) waiting.push(first - offset);
      } else if (waiting.length > 0) {
        inserted.set(first, waiting);
        waiting = [];
      }
    }
    if (waiting.length > 0) inserted.set(this.records, waiting);
    return inserted;
  }

  /** What was made of the file, each passage once, without steps that led there. */
  state(): JournalState {
    return {
      records: this.records,
      runs: this.order.toRuns(),
      written: this.writtenIds().map((id) => {
        const { passage, step } = this.written.get(id) as Written;
        return [id, passage, step] as const;
      }),
      rules: this.rules.map(({ rule, step }) => [rule, step] as const),
      steps: this.steps,
      lastId: this.lastId,
    };
  }

  private perform(operation: Operation): Undo {
    const step = this.steps;
    switch (operation.kind) {
      case 'replace': {
        const { id, passage } = operation;
        const before = this.written.get(id);
        this.written.set(id, { passage, step });
        return ({ written }) => {
          if (before === undefined) written.delete(id);
          else written.set(id, before);
        };
      }
      case 'insert': {
        const { at, passages } = operation;
        for (const { id, passage } of passages) this.written.set(id, { passage, step });
        this.order.insert(
          at,
          passages.map(({ id }) => id),
        );
        return ({ order }) => void order.remove(at, passages.length);
      }
      case 'remove': {
        const ids = this.order.remove(operation.at, operation.count);
        return ({ order }) => order.insert(operation.at, ids);
      }
      case 'rule':
        this.rules.push(activateRule(operation.rule, step, this.search));
        return ({ rules }) => void rules.pop();
    }
  }
}

function touchedBy(operations: readonly Operation[]): Touched {
  const isBulk = operations.some(({ kind }) => kind === 'rule');
  const ids = operations.flatMap((one) => {
    if (one.kind === 'replace') return [one.id];
    return one.kind === 'insert' ? one.passages.map(({ id }) => id) : [];
  });
  return {
    ids: isBulk ? 'all' : ids,
    order: operations.some(({ kind }) => kind === 'insert' || kind === 'remove'),
  };
}
