import { isHuman, type Entity } from '../../core/entity/entity';
import { isSamePath } from './admission';
import type { Anchors } from './anchors';
import { EntityTable } from './entityTable';
import type { TextEdit } from './shiftSpans';

/** A human's step: entities before and after, by id; one side alone is an entity added or removed. */
export type Action = readonly { readonly before?: Entity; readonly after?: Entity }[];

const mostActions = 100;

/**
 * The steps of humans on a table's entities, to be undone and done again whatever was typed between:
 * offsets of a step are those of its time, and what it brings back stands where its words stand now.
 */
export class ActionLog {
  /** What undo and redo may bring back; follows the edits like everything else. */
  private readonly removed = new EntityTable();
  /** The same, of entities whose words were gone when they were removed. */
  private readonly removedDetached = new Set<string>();
  private readonly done: Action[] = [];
  private readonly undone: Action[] = [];

  constructor(
    private readonly table: EntityTable,
    private readonly anchors: Anchors,
  ) {}

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  perform(action: Action): void {
    if (action.length === 0) return;
    this.done.push(action);
    if (this.done.length > mostActions) this.done.shift();
    this.undone.length = 0;
    this.apply(action, true);
  }

  undo(): boolean {
    const action = this.done.pop();
    if (action === undefined) return false;
    this.undone.push(action);
    this.apply(action.map(({ before, after }) => step(after, before)).reverse(), false);
    return true;
  }

  redo(): boolean {
    const action = this.undone.pop();
    if (action === undefined) return false;
    this.done.push(action);
    this.apply(action, false);
    return true;
  }

  edit(edit: TextEdit): void {
    this.removed.edit(edit);
  }

  /** @param isNew Whether the action's offsets are those of the text as it is now. */
  private apply(action: Action, isNew: boolean): void {
    const goes = new Set<string>();
    const comes = new Map<string, Entity>();
    for (const { before, after } of action) {
      if (after !== undefined) comes.set(after.id, after);
      else if (before !== undefined) goes.add(before.id);
    }
    const standing = this.changeStanding(comes);
    this.changeDetached(comes, goes);
    const back = this.bringBack(comes, isNew);
    this.table.insert(back);
    this.removed.insert(this.table.remove((index) => goes.has(this.table.peek(index)?.id ?? '')));
    this.anchors.note([...standing, ...back].filter(isHuman));
  }

  /** What is in the table stays where it is now, and is said to be something else. */
  private changeStanding(comes: Map<string, Entity>): Entity[] {
    const standing: Entity[] = [];
    for (let i = 0; i < this.table.size; i++) {
      const after = comes.get(this.table.peek(i)?.id ?? '');
      if (after === undefined) continue;
      this.table.set(i, after);
      standing.push(this.table.at(i));
      comes.delete(after.id);
    }
    return standing;
  }

  private changeDetached(comes: Map<string, Entity>, goes: ReadonlySet<string>): void {
    for (const { id } of this.anchors.detached) {
      const after = comes.get(id);
      if (after !== undefined && isHuman(after)) this.anchors.replaceDetached(after);
      else if (after !== undefined || goes.has(id)) {
        this.anchors.forgetDetached(id);
        this.removedDetached.add(id);
      }
      comes.delete(id);
    }
  }

  /** The entities of `comes` that have a place; humans' that have none are set aside. */
  private bringBack(comes: Map<string, Entity>, isNew: boolean): Entity[] {
    const back: Entity[] = [];
    const place = (entity: Entity, start: number, end: number): void => {
      const placed = { ...entity, start, end };
      const same = this.suggestionsLike(placed);
      if (isHuman(entity)) this.table.remove((index) => same.has(index));
      if (isHuman(entity) || same.size === 0) back.push(placed);
    };
    const setAside = (entity: Entity): void => {
      if (isHuman(entity)) this.anchors.detach(entity);
    };
    const returning = this.removed.remove((index) => comes.has(this.removed.peek(index)?.id ?? ''));
    for (const { id, start, end } of returning) {
      const entity = comes.get(id);
      comes.delete(id);
      if (entity === undefined) continue;
      const found = start < end ? { start, end } : this.anchors.find({ id, start });
      if (found === undefined) setAside(entity);
      else place(entity, found.start, found.end);
    }
    for (const entity of comes.values()) {
      const isAside = this.removedDetached.delete(entity.id);
      const found = isNew && !isAside ? entity : this.anchors.find(entity);
      if (found === undefined) setAside(entity);
      else place(entity, found.start, found.end);
    }
    return back;
  }

  /** Indexes of suggestions that say the same: another extraction may have found it again. */
  private suggestionsLike({ start, end, path }: Entity): ReadonlySet<number> {
    const same = this.table.touching(start, end).filter((index) => {
      const other = this.table.at(index);
      if (isHuman(other)) return false;
      return other.start === start && other.end === end && isSamePath(other.path, path);
    });
    return new Set(same);
  }
}

function step(before: Entity | undefined, after: Entity | undefined): Action[number] {
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
