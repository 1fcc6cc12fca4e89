import { isHuman, type Entity } from '../../core/entity/entity';
import type { Range } from '../../core/text/range';
import { admitSuggestions } from './admission';
import type { Anchor, HumanRecord, TextView } from '../../core/realign/anchor';
import { Anchors } from './anchors';
import { EntityTable, inTextOrder } from './entityTable';
import { HumanActions, type HumanOptions } from './humanActions';
import type { TextEdit } from './shiftSpans';

/** The result of an extraction for one part of the text; offsets are those of the whole text. */
export interface Found extends Range {
  readonly entities: readonly Entity[];
}

/** What an edit did to the entities. */
export interface EditOutcome {
  /** Spans of entities that the edit changed, removed or brought back; none where it only moved them. */
  readonly changed: readonly Range[];
  /** Whether a human's entity was among them. */
  readonly human: boolean;
}

/**
 * The entities of one text: suggestions that an engine replaces, and what humans did, which nothing
 * but a human replaces. Knows nothing of VS Code. Offsets are UTF-16 units of the text as it is now.
 */
export class EntityState {
  readonly table = new EntityTable();
  readonly actions: HumanActions;
  private readonly anchors: Anchors;

  constructor(
    text: TextView,
    private readonly options: HumanOptions,
  ) {
    this.anchors = new Anchors(text);
    this.actions = new HumanActions(this.table, this.anchors, options);
  }

  entity(id: string): Entity | undefined {
    const index = this.table.indexOf(id);
    return index < 0 ? undefined : this.table.at(index);
  }

  pick(wanted: (entity: Entity) => boolean): readonly Entity[] {
    const picked: Entity[] = [];
    for (let i = 0; i < this.table.size; i++) {
      const entity = this.table.peek(i);
      if (entity !== undefined && wanted(entity)) picked.push(this.table.at(i));
    }
    return picked;
  }

  /** Like {@link pick}, with offsets that may be old: makes no entity anew. */
  list(wanted: (entity: Entity) => boolean): readonly Entity[] {
    return this.table.list(wanted);
  }

  /** What humans did to words that are not in the text any more. */
  get detached(): readonly Entity[] {
    return this.anchors.detached;
  }

  /** The words of a human's entity and of what stood around it, as they were when last there. */
  anchor(id: string): Anchor | undefined {
    return this.anchors.of(id);
  }

  /** Puts what an extraction found in the place of the suggestions of those parts, which do not overlap. */
  replaceSuggestions(parts: readonly Found[]): void {
    const overlap = this.options.overlap();
    const ordered = [...parts].sort((a, b) => a.start - b.start);
    const reachingIn = new Set<Entity>();
    const stretches = ordered.map(({ start, end, entities }) => {
      const ids = new Map<string, string>();
      const kept: Entity[] = [];
      const human: Entity[] = [];
      for (const index of this.table.touching(start, end)) {
        const entity = this.table.at(index);
        if (isHuman(entity)) {
          human.push(entity);
          if (entity.start >= start) kept.push(entity);
        } else {
          ids.set(spanAndType(entity), entity.id);
          if (entity.start < start) reachingIn.add(entity);
        }
      }
      for (const entity of admitSuggestions(entities, human, overlap)) {
        kept.push({ ...entity, id: ids.get(spanAndType(entity)) ?? this.options.newId() });
      }
      const [from, to] = [this.table.firstFrom(start), this.table.firstFrom(end)];
      return { from, to, entities: kept.sort(inTextOrder) };
    });
    this.table.splice(stretches);
    if (reachingIn.size > 0) {
      this.table.remove((index) => reachingIn.has(this.table.at(index)));
    }
  }

  /**
   * Removes the suggestions inside `wanted` (everywhere when absent) that begin in none of the
   * places, which are in text order. Returns whether there were any.
   */
  dropSuggestionsOutside(places: readonly Range[], wanted?: readonly Range[]): boolean {
    let next = 0;
    const dropped = this.table.remove((index) => {
      const start = this.table.start(index);
      while (next < places.length && (places[next]?.end ?? 0) <= start) next++;
      if (this.table.peek(index)?.state !== 'suggested') return false;
      if ((places[next]?.start ?? Infinity) <= start) return false;
      return wanted === undefined || wanted.some((one) => one.start <= start && start < one.end);
    });
    return dropped.length > 0;
  }

  /** Removes all suggestions. */
  clearSuggestions(): void {
    this.table.remove((index) => this.table.peek(index)?.state === 'suggested');
  }

  /** Removes what humans did too, as one step that can be undone. */
  clearAll(): void {
    this.clearSuggestions();
    this.actions.remove([...this.table.all(), ...this.detached]);
  }

  /**
   * Follows the changes of the text that one event brings, each with offsets of the text that those
   * before it left. Suggestions whose words changed go; a human's entity grows and shrinks with its
   * words, is set aside when all of them go, and comes back when they do.
   * @param keepSuggestions Whether suggestions with changed words stay, because nothing looks again.
   */
  edit(edits: readonly TextEdit[], keepSuggestions: boolean): EditOutcome {
    const touched = new Set<number>();
    for (const edit of edits) {
      this.actions.edit(edit);
      for (const index of this.table.edit(edit)) touched.add(index);
    }
    const changed: Range[] = [];
    const gone = new Set<number>();
    let human = false;
    for (const index of touched) {
      const entity = this.table.at(index);
      const empty = entity.start === entity.end;
      if (isHuman(entity)) {
        human = true;
        if (empty) this.anchors.detach(entity);
        else this.anchors.note([entity]);
      }
      if (empty || !(keepSuggestions || isHuman(entity))) gone.add(index);
      changed.push({ start: entity.start, end: entity.end });
    }
    const inOrder = [...gone].sort((a, b) => a - b);
    this.table.splice(inOrder.map((index) => ({ from: index, to: index + 1, entities: [] })));
    const back = insertedRanges(edits).flatMap((range) => this.anchors.reattach(range));
    if (back.length > 0) {
      this.place(back);
      changed.push(...back);
    }
    return { changed, human: human || back.length > 0 };
  }

  /**
   * Puts back what humans did before: entities that stand in this text, and those set aside. What is
   * known here already stays as it is.
   * @param standing With their words in the text of now.
   */
  restore(standing: readonly HumanRecord[], detached: readonly HumanRecord[]): void {
    const known = new Set([...this.list(isHuman), ...this.detached].map(({ id }) => id));
    for (const { entity, anchor } of detached) {
      if (!known.has(entity.id)) this.anchors.detach(entity, anchor);
    }
    const placed = standing.filter(({ entity }) => !known.has(entity.id));
    this.anchors.learn(placed);
    this.place(placed.map(({ entity }) => entity));
  }

  /** Forgets entities of that id without a step that could be undone: others decided on them. */
  forget(ids: ReadonlySet<string>): void {
    this.table.remove((index) => ids.has(this.table.peek(index)?.id ?? ''));
    for (const id of ids) this.anchors.forgetDetached(id);
  }

  /** Inserts humans' entities; suggestions that conflict with them give way. */
  private place(human: readonly Entity[]): void {
    const hasSuggestions = this.table.list((entity) => !isHuman(entity)).length > 0;
    for (const entity of hasSuggestions ? human : []) {
      const barred = new Set(
        this.table.touching(entity.start, entity.end).filter((index) => {
          const other = this.table.at(index);
          const admitted = admitSuggestions([other], [entity], this.options.overlap());
          return !isHuman(other) && admitted.length === 0;
        }),
      );
      if (barred.size > 0) this.table.remove((index) => barred.has(index));
    }
    this.table.insert(human);
  }
}

function spanAndType({ start, end, path }: Entity): string {
  return `${start}:${end}:${path.join('\n')}`;
}

/** Where the new text of the edits stands after all of them. */
export function insertedRanges(edits: readonly TextEdit[]): Range[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { offset, removed, inserted } of edits) {
    for (const range of ranges) {
      if (range.start < offset + removed) continue;
      range.start += inserted - removed;
      range.end += inserted - removed;
    }
    ranges.push({ start: offset, end: offset + inserted });
  }
  return ranges;
}
