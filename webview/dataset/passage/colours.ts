import type { TypeRow } from '../../../src/core/messages/datasetPanel';

/** A type's colour for style sheets: the contributed one of its slot, or the label list's own for the theme. */
export function colourName(colour: TypeRow['colour'], kind: '' | 'Background'): string {
  if (typeof colour === 'number') return `var(--vscode-dynamicner-type${colour + 1}${kind})`;
  const isLight = /\bvscode-(high-contrast-)?light\b/u.test(document.body.className);
  const own = isLight ? colour.light : colour.dark;
  return kind === '' ? own : `${own}1f`;
}
