import type { Entity } from '../../core/entity/entity';
import type { Style } from './colours';
import { formatTable } from './table';
import { showControls, textWidth } from './width';

/** Most mentions that are remembered per type; the table shows those that fit the line. */
const mentionsKept = 1000;

interface TypeCount {
  readonly path: readonly string[];
  readonly place: number;
  count: number;
  readonly mentions: Map<string, number>;
}

/** Counts entities by type as they come and shows them as a table; memory is bounded per type. */
export class EntitySummary {
  private readonly types = new Map<string, TypeCount>();
  private total = 0;

  get entities(): number {
    return this.total;
  }

  /** @param place Place of the entity's top-level type in the label list, from 0. */
  add(text: string, entity: Entity, place: number): void {
    this.total++;
    const key = entity.path.join('\u0000');
    let type = this.types.get(key);
    if (type === undefined) {
      type = { path: entity.path, place, count: 0, mentions: new Map() };
      this.types.set(key, type);
    }
    type.count++;
    const mention = showControls(text.slice(entity.start, entity.end)).replace(/\s+/gu, ' ');
    const seen = type.mentions.get(mention);
    if (seen !== undefined || type.mentions.size < mentionsKept) {
      type.mentions.set(mention, (seen ?? 0) + 1);
    }
  }

  /** A table of the types, in the order of the label list and then by count, with their mentions. */
  format(style: Style, columns: number): string {
    const types = [...this.types.values()].sort(
      (a, b) =>
        a.place - b.place ||
        b.count - a.count ||
        a.path.join('›').localeCompare(b.path.join('›'), 'en'),
    );
    const names = types.map(({ path }) => showControls(path.join(' › ')));
    const used = Math.max(4, ...names.map(textWidth)) + 2 + 5 + 2;
    const most = Math.max(20, columns - used);
    return formatTable(
      [{ title: 'type' }, { title: 'count', side: 'start' }, { title: 'mentions', most }],
      types.map(({ count, mentions }, at) => [
        names[at] ?? '',
        String(count),
        [...mentions]
          .sort((a, b) => b[1] - a[1])
          .map(([mention, times]) => (times > 1 ? `${mention} (${times})` : mention))
          .join(', '),
      ]),
      (text) => style.strong(text),
    );
  }
}
