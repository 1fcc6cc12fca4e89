import type { TypePath } from '../../core/entity/entity';
import type { LabelColour, LabelList } from '../../core/labels/labelList';
import { foldName } from '../../core/labels/names';
import { colourSlots } from '../contributions';

/** How the second level shows, by order: a hint, not a key. */
export const borderStyles = ['solid', 'dashed', 'dotted'] as const;

/** How a mention's box looks. Equal looks share one decoration type. */
export interface Look {
  /** One of the contributed colours, 0 to 11, or the label list's own. */
  readonly colour: number | LabelColour;
  readonly border: (typeof borderStyles)[number];
  /** How many boxes lie inside this one, at most 2: it is drawn around them. */
  readonly around: number;
}

/** Gives types their looks: the colour by the top-level type, the border by the second level. */
export class Palette {
  private readonly slots = new Map<string, number>();
  private readonly orders = new Map<string, number>();
  private readonly looks = new Map<string, Look>();
  private readonly colours = new Map<string, number | LabelColour>();

  /** @param level Level shown: at the top level all borders are alike. */
  constructor(
    private readonly list: LabelList,
    private readonly level: number,
  ) {
    list.taxonomy.roots.forEach((root, slot) => {
      this.slots.set(foldName(root.name), slot % colourSlots);
      root.children.forEach((child, order) => {
        this.orders.set(`${foldName(root.name)}\n${foldName(child.name)}`, order);
      });
    });
  }

  /** The colour slot of a path, 0 to 11; a type outside the list gets one by its name. */
  slot([top = '']: TypePath): number {
    const known = this.slots.get(top) ?? this.slots.get(foldName(top));
    return (
      known ?? [...foldName(top)].reduce((sum, one) => sum + one.charCodeAt(0), 0) % colourSlots
    );
  }

  /** The label list's own colour for a path, else its slot. */
  colour(path: TypePath): number | LabelColour {
    const key = path.join('\n');
    let colour = this.colours.get(key);
    if (colour === undefined) {
      colour = this.list.colour(path) ?? this.slot(path);
      this.colours.set(key, colour);
    }
    return colour;
  }

  look(path: TypePath, around: number): Look {
    const key = `${Math.min(around, 2)} ${path.join('\n')}`;
    let look = this.looks.get(key);
    if (look === undefined) this.looks.set(key, (look = this.lookOf(path, around)));
    return look;
  }

  private lookOf(path: TypePath, around: number): Look {
    const [top = '', second] = path;
    const order =
      this.level === 0 || second === undefined
        ? 0
        : (this.orders.get(`${foldName(top)}\n${foldName(second)}`) ?? 0);
    const border = borderStyles[order % borderStyles.length] ?? 'solid';
    return { colour: this.colour(path), border, around: Math.min(around, 2) };
  }
}

/** One string for all equal looks. */
export function lookKey({ colour, border, around }: Look): string {
  const name = typeof colour === 'number' ? String(colour) : `${colour.light}/${colour.dark}`;
  return `${name} ${border} ${around}`;
}

/**
 * How many levels of boxes lie inside each span, for spans in text order, the outer first: 0 for one
 * that contains no other, 1 for one around such a one, and so on.
 */
export function nestingOf(
  spans: readonly { readonly start: number; readonly end: number }[],
): number[] {
  const around = spans.map(() => 0);
  const open: number[] = [];
  spans.forEach(({ start, end }, index) => {
    while (open.length > 0 && (spans[open.at(-1) ?? 0]?.end ?? 0) < end) open.pop();
    while (open.length > 0 && (spans[open.at(-1) ?? 0]?.end ?? 0) <= start) open.pop();
    open.push(index);
    for (let depth = open.length - 2, inside = 1; depth >= 0; depth--, inside++) {
      const outer = open[depth] ?? 0;
      around[outer] = Math.max(around[outer] ?? 0, inside);
    }
  });
  return around;
}
