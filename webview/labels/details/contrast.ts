/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Least contrast of a box's border with the background (WCAG 2.2, 1.4.11). */
export const leastContrast = 3;

/** A colour as `#rrggbb` or as computed styles give it, `rgb(…)`; undefined for anything else. */
export function readColour(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/iu.exec(text.trim());
  if (hex !== null) {
    const [, red = '', green = '', blue = ''] = hex;
    return [parseInt(red, 16), parseInt(green, 16), parseInt(blue, 16)];
  }
  const parts = /^rgba?\(([^)]*)\)/u.exec(text.trim())?.[1]?.match(/[\d.]+/gu);
  if (parts === undefined || parts === null || parts.length < 3) return undefined;
  return [Number(parts[0]), Number(parts[1]), Number(parts[2])];
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour nearest to this one, towards black or white, with enough contrast to the background. */
export function withContrast(colour: Rgb, background: Rgb, least = leastContrast): Rgb {
  const goal = luminance(background) > 0.18 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = colour.map((part) => Math.round(part + (goal - part) * share)) as unknown as Rgb;
    if (contrastOf(mixed, background) >= least) return mixed;
  }
  return [goal, goal, goal];
}

export function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
