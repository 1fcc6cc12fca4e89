import { SHOTS } from './measureLearning';
import type { Curve } from './summarize';

const SIZE = { width: 720, height: 440, left: 56, right: 190, top: 28, bottom: 52 };
const COLOURS = ['#0f6cbd', '#b5460f', '#2e7d32', '#7b3fa0', '#6b6b6b'];
const DASHES = ['', '6 3', '2 3', '8 3 2 3', ''];

/** The curves as an SVG of its own, which needs no styles or scripts. */
export function plotCurves(curves: readonly Curve[]): string {
  const most = Math.max(10, ...curves.flatMap(({ means }) => means));
  const top = Math.ceil(most / 10) * 10;
  const inner = {
    width: SIZE.width - SIZE.left - SIZE.right,
    height: SIZE.height - SIZE.top - SIZE.bottom,
  };
  const x = (at: number) => SIZE.left + (at / (SHOTS.length - 1)) * inner.width;
  const y = (value: number) => SIZE.top + (1 - value / top) * inner.height;
  const grid = Array.from({ length: top / 10 + 1 }, (_, at) => {
    const height = y(10 * at).toFixed(1);
    return (
      `<line x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${height}" y2="${height}" stroke="#d8d8d8"/>` +
      `<text x="${SIZE.left - 8}" y="${height}" dy="4" text-anchor="end">${10 * at}</text>`
    );
  });
  const ticks = SHOTS.map(
    (shots, at) =>
      `<text x="${x(at).toFixed(1)}" y="${SIZE.height - SIZE.bottom + 20}" text-anchor="middle">${shots}</text>`,
  );
  const lines = curves.map(({ name, means }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const points = means.map((mean, at) => `${x(at).toFixed(1)},${y(mean).toFixed(1)}`).join(' ');
    const width = name === 'mean' ? 3 : 1.5;
    const legend = SIZE.top + 20 * index;
    const right = SIZE.width - SIZE.right + 16;
    const stroke = `stroke="${colour}" stroke-width="${width}" stroke-dasharray="${DASHES[index % DASHES.length]}"`;
    return (
      `<polyline points="${points}" fill="none" ${stroke}/>` +
      `<line x1="${right}" x2="${right + 24}" y1="${legend}" y2="${legend}" ${stroke}/>` +
      `<text x="${right + 30}" y="${legend}" dy="4">${name}</text>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12">
<title>Strict F1 against examples of each type</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${[...grid, ...ticks, ...lines].join('\n')}
<text x="${SIZE.left}" y="${SIZE.top - 12}">strict F1, percent</text>
<text x="${SIZE.left + inner.width / 2}" y="${SIZE.height - 10}" text-anchor="middle">examples of each type</text>
</svg>
`;
}
