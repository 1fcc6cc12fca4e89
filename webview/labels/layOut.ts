import * as l10n from '@vscode/l10n';

/** The parts of the page by where they stand. */
export interface PageParts {
  readonly top: readonly HTMLElement[];
  readonly controls: readonly HTMLElement[];
  readonly left: readonly HTMLElement[];
  readonly right: readonly HTMLElement[];
  /** What is about the whole file, below the rest of the right side. */
  readonly file: readonly HTMLElement[];
  readonly bottom: readonly HTMLElement[];
}

/** Puts the parts into the page: beside each other where there is room, else one below the other. */
export function layOut(page: HTMLElement, parts: PageParts): void {
  const title = document.createElement('h1');
  title.className = 'for-screen-readers';
  title.textContent = l10n.t('Label list');
  const columns = box(
    'columns',
    box('left', ...parts.left),
    box('right', ...parts.right, box('file', ...parts.file)),
  );
  page.append(title, ...parts.top, box('controls', ...parts.controls), columns, ...parts.bottom);
}

function box(name: string, ...children: readonly HTMLElement[]): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  element.append(...children);
  return element;
}
