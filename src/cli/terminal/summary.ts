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

  /**
   * A table of the types under their top-level types, in the order of the label list and then by
   * count, with their mentions. A deeper type stands indented by its last name.
   */
  format(style: Style, columns: number): string {
    const rows = [...this.groups()].flatMap(([top, types]) => this.rowsOf(top, types));
    const used = Math.max(4, ...rows.map(({ name }) => textWidth(name))) + 2 + 5 + 2;
    const table = formatTable(
      [
        { title: 'type' },
        { title: 'count', side: 'start' },
        { title: 'mentions', most: Math.max(20, columns - used) },
      ],
      rows.map(({ name, count, mentions }) => [name, String(count), mentions]),
      (text) => style.strong(text),
    );
    const lines = table.split('\n');
    return lines
      .map((line, at) => {
        const place = rows[at - 2]?.place;
        return place === undefined ? line : style.label(line, place);
      })
      .join('\n');
  }

  private groups(): Map<string, TypeCount[]> {
    const groups = new Map<string, TypeCount[]>();
    const sorted = [...this.types.values()].sort((a, b) => a.place - b.place || b.count - a.count);
    for (const type of sorted) {
      const [top = ''] = type.path;
      groups.set(top, [...(groups.get(top) ?? []), type]);
    }
    return groups;
  }

  private rowsOf(top: string, types: readonly TypeCount[]): Row[] {
    const count = types.reduce((sum, type) => sum + type.count, 0);
    const own = types.find(({ path }) => path.length === 1);
    const place = types.find(({ path }) => path.length > 1)?.place;
    const head: Row = {
      name: showControls(top),
      count,
      mentions: own === undefined ? '' : mentionsOf(own),
      ...(place === undefined ? {} : { place }),
    };
    const deeper = types.filter(({ path }) => path.length > 1);
    const names = deeper.map(({ path }) => path.at(-1) ?? '');
    const rows = deeper.map((type, at): Row => {
      const [name = ''] = names.slice(at, at + 1);
      const unique = names.indexOf(name) === names.lastIndexOf(name);
      const shown = unique ? name : type.path.slice(1).join(' › ');
      return { name: `  ${showControls(shown)}`, count: type.count, mentions: mentionsOf(type) };
    });
    return [head, ...rows];
  }
}

interface Row {
  readonly name: string;
  readonly count: number;
  readonly mentions: string;
  /** The colour of the row: that of its top-level type. */
  readonly place?: number;
}

function mentionsOf({ mentions }: TypeCount): string {
  return [...mentions]
    .sort((a, b) => b[1] - a[1])
    .map(([mention, times]) => (times > 1 ? `${mention} (${times})` : mention))
    .join(', ');
}
