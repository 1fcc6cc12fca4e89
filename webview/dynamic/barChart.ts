import { draw } from './dom';

/** Bars that stand together: one value for each version. */
export interface BarGroup {
  readonly name: string;
  readonly values: readonly number[];
  /** The value whose bar is as long as there is room; the largest of the chart when absent. */
  readonly full?: number;
}

const SIZE = { width: 720, name: 190, value: 64, bar: 12, gap: 12 };
const NAME_LENGTH = 28;

/**
 * Horizontal bars, a group below the other. Every bar has its value beside it and a title that names
 * version and value, so that nothing depends on colour.
 */
export function barChart(
  title: string,
  groups: readonly BarGroup[],
  versions: readonly string[],
  format: (value: number) => string,
): SVGElement {
  const groupHeight = Math.max(1, versions.length) * SIZE.bar + SIZE.gap;
  const height = groups.length * groupHeight;
  const most = Math.max(...groups.flatMap(({ values }) => values), Number.MIN_VALUE);
  const inner = SIZE.width - SIZE.name - SIZE.value;
  const parts = groups.flatMap(({ name, values, full = most }, at) => {
    const top = at * groupHeight;
    const middle = top + (values.length * SIZE.bar) / 2;
    const label = draw(
      'text',
      { x: SIZE.name - 8, y: middle, 'text-anchor': 'end', 'dominant-baseline': 'middle' },
      draw('title', {}, name),
      shortened(name),
    );
    const bars = values.map((value, series) =>
      bar({ top: top + series * SIZE.bar, width: (inner * value) / full, series }, [
        `${name}, ${versions[series] ?? ''}: ${format(value)}`,
        format(value),
      ]),
    );
    return [label, ...bars];
  });
  const view = `0 0 ${SIZE.width} ${Math.max(1, height)}`;
  return draw('svg', { viewBox: view, role: 'img', 'aria-label': title, class: 'chart' }, ...parts);
}

function bar(
  { top, width, series }: { readonly top: number; readonly width: number; readonly series: number },
  [spoken, shown]: readonly [spoken: string, shown: string],
): SVGElement {
  const size = { y: top + 1, height: SIZE.bar - 2, width: Math.max(1, width) };
  return draw(
    'g',
    { class: `series${series % 6}` },
    draw('title', {}, spoken),
    draw('rect', { x: SIZE.name, ...size }),
    draw(
      'text',
      {
        x: SIZE.name + size.width + 4,
        y: top + SIZE.bar / 2,
        'dominant-baseline': 'middle',
        class: 'value',
      },
      shown,
    ),
  );
}

function shortened(name: string): string {
  const characters = [...name];
  return characters.length <= NAME_LENGTH
    ? name
    : `${characters.slice(0, NAME_LENGTH - 1).join('')}…`;
}
