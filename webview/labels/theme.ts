import type { LabelColour } from '../../src/core/labels/labelList';
import { readColour, type Rgb } from './details/contrast';

export function isLightTheme(): boolean {
  return /\bvscode-(high-contrast-)?light\b/u.test(document.body.className);
}

/** The editor's background, as the theme has it. */
export function themeBackground(): Rgb {
  const fallback: Rgb = isLightTheme() ? [255, 255, 255] : [30, 30, 30];
  const value = getComputedStyle(document.documentElement).getPropertyValue(
    '--vscode-editor-background',
  );
  return readColour(value) ?? fallback;
}

/** The theme's colour of a slot, from 0. */
export function slotColour(slot: number): string {
  return `var(--vscode-dynamicner-type${slot + 1})`;
}

/** The same as `#rrggbb` or `rgb(…)`, for what must know it. */
export function slotValue(slot: number): Rgb {
  const value = getComputedStyle(document.documentElement).getPropertyValue(
    `--vscode-dynamicner-type${slot + 1}`,
  );
  return readColour(value) ?? [128, 128, 128];
}

export function ownColour({ light, dark }: LabelColour): string {
  return isLightTheme() ? light : dark;
}

/** Calls when VS Code changes the theme, which it says on the body's class. */
export function onThemeChange(listener: () => void): void {
  new MutationObserver(listener).observe(document.body, {
    attributes: true,
    attributeFilter: ['class'],
  });
}
