import { isHuman, type Entity, type TypePath } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { LabelMap } from '../../core/mapping/labelMap';
import { admitSuggestions, isSamePath } from './admission';
import { ActionLog, type Action } from './actionLog';
import type { Anchors } from './anchors';
import type { EntityTable } from './entityTable';
import type { TextEdit } from './shiftSpans';

/** What human actions need from around them. */
export interface HumanOptions {
  readonly overlap: () => OverlapPolicy;
  readonly newId: () => string;
  /** Name kept with what a human does, where one is known. */
  readonly annotator: () => string | undefined;
}

/** What humans do to the entities of a table, each step of which can be undone and done again. */
export class HumanActions {
  private readonly log: ActionLog;

  constructor(
    private readonly table: EntityTable,
    private readonly anchors: Anchors,
    private readonly options: HumanOptions,
  ) {
    this.log = new ActionLog(table, anchors);
  }

  get canUndo(): boolean {
    return this.log.canUndo;
  }

  get canRedo(): boolean {
    return this.log.canRedo;
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

  /**
   * Takes all types to another label list in one step, who decided on them stays. What goes nowhere is
   * rejected where a human decided on it, else removed.
   */
  mapTypes(map: LabelMap): void {
    const action: Action[number][] = [];
    for (let i = 0; i < this.table.size; i++) {
      const before = this.table.at(i);
      const entry = map.entryFor(before.path);
      if (entry === undefined || before.state === 'rejected') continue;
      if (entry.to !== null) action.push({ before, after: withPath(before, entry.to) });
      else if (isHuman(before)) action.push({ before, after: { ...before, state: 'rejected' } });
      else action.push({ before });
    }
    if (action.length > 0) this.log.perform(action);
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
    this.insert([entity]);
    return entity.id;
  }

  /** Adds entities in one step; suggestions that conflict with humans' among them give way. */
  insert(entities: readonly Entity[]): void {
    const barred = this.suggestionsBarredBy(entities.filter(isHuman));
    this.log.perform([
      ...barred.map((before) => ({ before })),
      ...entities.map((after) => ({ after })),
    ]);
  }

  restoreRejected(ids: readonly string[]): void {
    this.decide(ids, ({ annotator: _annotator, ...entity }) => ({
      ...entity,
      state: entity.source?.engine === undefined ? 'added' : 'suggested',
    }));
  }

  /** Removes entities, those set aside too, in a step that can be undone. */
  remove(entities: readonly Entity[]): void {
    this.log.perform(entities.map((before) => ({ before })));
  }

  /** Gives an entity that is set aside a place in the text, in a step that can be undone. */
  place(id: string, start: number, end: number): void {
    const before = this.anchors.detached.find((entity) => entity.id === id);
    if (before === undefined) return;
    const annotator = this.options.annotator();
    const after: Entity = {
      ...before,
      id: this.options.newId(),
      start,
      end,
      time: new Date().toISOString(),
      ...(annotator === undefined ? {} : { annotator }),
    };
    const barred = this.suggestionsBarredBy([after]);
    // Another id: the words are others, and undo brings the one without a place back.
    this.log.perform([...barred.map((one) => ({ before: one })), { before }, { after }]);
  }

  /** Takes back the last step; false when there is none. */
  undo(): boolean {
    return this.log.undo();
  }

  /** Does again the step that was taken back last; false when there is none. */
  redo(): boolean {
    return this.log.redo();
  }

  edit(edit: TextEdit): void {
    this.log.edit(edit);
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
    this.log.perform([...action, ...barred.map((before) => ({ before }))]);
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
