import { isHuman, type Entity, type TypePath } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';
import { admitSuggestions, isSamePath } from './admission';
import type { Anchors } from './anchors';
import { EntityTable } from './entityTable';
import type { TextEdit } from './shiftSpans';

/** What human actions need from around them. */
export interface HumanOptions {
  readonly overlap: () => OverlapPolicy;
  readonly newId: () => string;
  /** Name kept with what a human does, where one is known. */
  readonly annotator: () => string | undefined;
}

/** A human's step: entities before and after, by id; one side alone is an entity added or removed. */
type Action = readonly { readonly before?: Entity; readonly after?: Entity }[];

const mostActions = 100;

/** What humans do to the entities of a table, each step of which can be undone. */
export class HumanActions {
  /** What undo may bring back; follows the edits like everything else. */
  private readonly removed = new EntityTable();
  private readonly actions: Action[] = [];

  constructor(
    private readonly table: EntityTable,
    private readonly anchors: Anchors,
    private readonly options: HumanOptions,
  ) {}

  get canUndo(): boolean {
    return this.actions.length > 0;
  }

  accept(ids: readonly string[]): void {
    this.decide(ids, (entity) => ({ ...entity, state: keptState(entity) }));
  }

  reject(ids: readonly string[]): void {
    this.decide(ids, (entity) => ({ ...entity, state: 'rejected' }));
  }

  changeType(ids: readonly string[], path: TypePath): void {
    this.decide(ids, (entity) => {
      if (isSamePath(entity.path, path)) return { ...entity, state: keptState(entity) };
      return { ...withPath(entity, path), state: entity.state === 'added' ? 'added' : 'corrected' };
    });
  }

  /** Adds a human's entity; suggestions that conflict with it give way. Returns its id. */
  add(start: number, end: number, path: TypePath): string {
    const annotator = this.options.annotator();
    const entity: Entity = {
      id: this.options.newId(),
      start,
      end,
      path,
      state: 'added',
      time: new Date().toISOString(),
      ...(annotator === undefined ? {} : { annotator, source: { user: annotator } }),
    };
    const barred = this.suggestionsBarredBy([entity]);
    this.perform([...barred.map((before) => ({ before })), { after: entity }]);
    return entity.id;
  }

  restoreRejected(ids: readonly string[]): void {
    this.decide(ids, ({ annotator: _annotator, ...entity }) => ({
      ...entity,
      state: entity.source?.engine === undefined ? 'added' : 'suggested',
    }));
  }

  /** Removes entities in a step that can be undone. */
  remove(entities: readonly Entity[]): void {
    this.perform(entities.map((before) => ({ before })));
  }

  /** Takes back the last step; false when there is none. */
  undo(): boolean {
    const action = this.actions.pop();
    if (action === undefined) return false;
    this.apply(action.map(({ before, after }) => step(after, before)));
    return true;
  }

  edit(edit: TextEdit): void {
    this.removed.edit(edit);
  }

  private decide(ids: readonly string[], change: (entity: Entity) => Entity): void {
    const wanted = new Set(ids);
    const annotator = this.options.annotator();
    const time = new Date().toISOString();
    const action: Action[number][] = [];
    const decided: Entity[] = [];
    for (let i = 0; i < this.table.size; i++) {
      if (!wanted.has(this.table.peek(i)?.id ?? '')) continue;
      const before = this.table.at(i);
      const changed = { ...before, time, ...(annotator === undefined ? {} : { annotator }) };
      const after = change(changed);
      action.push({ before, after });
      if (isHuman(after) && after.state !== 'rejected') decided.push(after);
    }
    const barred = this.suggestionsBarredBy(decided).filter(({ id }) => !wanted.has(id));
    this.perform([...action, ...barred.map((before) => ({ before }))]);
  }

  private perform(action: Action): void {
    if (action.length === 0) return;
    this.actions.push(action);
    if (this.actions.length > mostActions) this.actions.shift();
    this.apply(action);
  }

  /** Offsets in an action are those of its time: what is known here stays where it is now. */
  private apply(action: Action): void {
    const goes = new Set<string>();
    const comes = new Map<string, Entity>();
    for (const { before, after } of action) {
      if (after !== undefined) comes.set(after.id, after);
      else if (before !== undefined) goes.add(before.id);
    }
    const standing: Entity[] = [];
    for (let i = 0; i < this.table.size; i++) {
      const after = comes.get(this.table.peek(i)?.id ?? '');
      if (after === undefined) continue;
      this.table.set(i, after);
      standing.push(this.table.at(i));
      comes.delete(after.id);
    }
    const back: Entity[] = [];
    const returning = this.removed.remove((index) => comes.has(this.removed.peek(index)?.id ?? ''));
    for (const { id, start, end } of returning) {
      const entity = comes.get(id);
      comes.delete(id);
      if (entity !== undefined && start < end) back.push({ ...entity, start, end });
    }
    back.push(...comes.values());
    this.table.insert(back);
    this.removed.insert(this.table.remove((index) => goes.has(this.table.peek(index)?.id ?? '')));
    this.anchors.note([...standing, ...back].filter(isHuman));
  }

  private suggestionsBarredBy(human: readonly Entity[]): readonly Entity[] {
    const barred = new Map<string, Entity>();
    for (const entity of human) {
      for (const index of this.table.touching(entity.start, entity.end)) {
        const other = this.table.at(index);
        if (isHuman(other)) continue;
        if (admitSuggestions([other], [entity], this.options.overlap()).length > 0) continue;
        barred.set(other.id, other);
      }
    }
    return [...barred.values()];
  }
}

/** The entity with another type; what was said of the old one goes. */
function withPath(
  { candidates: _candidates, levelScores: _levelScores, ...entity }: Entity,
  path: TypePath,
): Entity {
  const alternatives = entity.alternatives?.filter((other) => !isSamePath(other.path, path));
  return { ...entity, path, ...(alternatives === undefined ? {} : { alternatives }) };
}

function keptState({ state }: Entity): Entity['state'] {
  return state === 'corrected' || state === 'added' ? state : 'accepted';
}

function step(before: Entity | undefined, after: Entity | undefined): Action[number] {
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
