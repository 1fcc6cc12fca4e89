import type { OutputStream } from '../environment';

/** Colours of the 256-colour palette, readable on dark and on light ground; by order of the top-level types. */
const slots = [33, 35, 166, 127, 37, 161, 136, 99, 70, 167, 31, 103] as const;

const reset = '\u001b[0m';

/** Writes styles as ANSI escape sequences, or leaves them out. */
export interface Style {
  readonly coloured: boolean;
  /** The text of an entity whose top-level type has this place in the label list, from 0. */
  entity(text: string, place: number): string;
  /** The type's name beside an entity. */
  label(text: string, place: number): string;
  strong(text: string): string;
  faint(text: string): string;
}

/** Styles with escape sequences, for a terminal. */
export const ansiStyle: Style = {
  coloured: true,
  entity: (text, place) => `\u001b[1;4;38;5;${slotOf(place)}m${text}${reset}`,
  label: (text, place) => `\u001b[2;38;5;${slotOf(place)}m${text}${reset}`,
  strong: (text) => `\u001b[1m${text}${reset}`,
  faint: (text) => `\u001b[2m${text}${reset}`,
};

/** The text alone. */
export const plainStyle: Style = {
  coloured: false,
  entity: (text) => text,
  label: (text) => text,
  strong: (text) => text,
  faint: (text) => text,
};

/**
 * The style for a stream: coloured where it is a terminal or `FORCE_COLOR` says so, never where
 * `NO_COLOR` is set (no-color.org) or `FORCE_COLOR` is 0.
 */
export function styleFor(
  stream: OutputStream,
  variables: Readonly<Record<string, string | undefined>>,
): Style {
  const force = variables['FORCE_COLOR'];
  if ((variables['NO_COLOR'] ?? '') !== '' || force === '0' || force === 'false') return plainStyle;
  if (force !== undefined) return ansiStyle;
  return stream.isTTY === true && variables['TERM'] !== 'dumb' ? ansiStyle : plainStyle;
}

function slotOf(place: number): number {
  return slots[place % slots.length] ?? slots[0];
}
