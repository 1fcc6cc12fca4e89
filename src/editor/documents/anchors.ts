import type { Entity } from '../../core/entity/entity';
import {
  anchorOf,
  findAnchor,
  type Anchor,
  type HumanRecord,
  type TextView,
} from '../../core/realign/anchor';
import type { Range } from '../../core/text/range';

/** Finds humans' entities again whose words went away or moved. */
export class Anchors {
  private readonly anchors = new Map<string, Anchor>();
  private readonly lost = new Map<string, Entity>();

  constructor(private readonly text: TextView) {}

  /** Entities whose words are not in the text. */
  get detached(): readonly Entity[] {
    return [...this.lost.values()];
  }

  of(id: string): Anchor | undefined {
    return this.anchors.get(id);
  }

  /** Notes the words of entities that stand in the text now. */
  note(entities: readonly Entity[]): void {
    for (const entity of entities) this.anchors.set(entity.id, anchorOf(this.text, entity));
  }

  /** Takes over the words of entities that are known already. */
  learn(records: readonly HumanRecord[]): void {
    for (const { entity, anchor } of records) this.anchors.set(entity.id, anchor);
  }

  /** Sets an entity aside whose words are gone. */
  detach(entity: Entity, anchor = this.anchors.get(entity.id)): void {
    if (anchor === undefined || anchor.quote === '') return;
    this.anchors.set(entity.id, anchor);
    this.lost.set(entity.id, entity);
  }

  /** Entities set aside whose words `changed` brought back; they are not set aside any more. */
  reattach(changed: Range): Entity[] {
    const back: Entity[] = [];
    for (const entity of this.lost.values()) {
      const anchor = this.anchors.get(entity.id);
      if (anchor === undefined) continue;
      const reach = anchor.quote.length - 1;
      const within = {
        start: Math.max(0, changed.start - reach),
        end: Math.min(this.text.length, changed.end + reach),
      };
      if (within.end - within.start < anchor.quote.length) continue;
      const found = findAnchor(this.text, anchor, within, entity.start);
      if (found === undefined) continue;
      this.lost.delete(entity.id);
      back.push({ ...entity, ...found });
    }
    return back;
  }

  /** Whether the entity is set aside. */
  isDetached(id: string): boolean {
    return this.lost.has(id);
  }

  /** Says other things of an entity that is set aside. */
  replaceDetached(entity: Entity): void {
    if (this.lost.has(entity.id)) this.lost.set(entity.id, entity);
  }

  /** Sets an entity aside no longer, though its words are not back. */
  forgetDetached(id: string): void {
    this.lost.delete(id);
  }

  /** Where the words of an entity stand now that stood in the text before; undefined when nowhere. */
  find({ id, start }: Pick<Entity, 'id' | 'start'>): Range | undefined {
    const anchor = this.anchors.get(id);
    if (anchor === undefined) return undefined;
    return findAnchor(this.text, anchor, { start: 0, end: this.text.length }, start);
  }
}
