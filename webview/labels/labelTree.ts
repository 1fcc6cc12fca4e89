import type { VscodeTreeItem } from '@vscode-elements/elements/dist/vscode-tree-item/index.js';
import * as l10n from '@vscode/l10n';
import type { LabelRow } from '../../src/core/messages/labelPanel';

interface Item {
  readonly element: VscodeTreeItem;
  readonly count: HTMLElement;
  readonly path: readonly string[];
}

/** The label list as a tree with the number of entities of each type; built once a list, then updated. */
export class LabelTree {
  readonly element = document.createElement('vscode-tree');
  private items: Item[] = [];
  private shown = '';
  private wanted = '';

  constructor(reveal: (path: readonly string[]) => void) {
    this.element.setAttribute('aria-label', l10n.t('Label list'));
    this.element.addEventListener('vsc-tree-select', (event) => {
      const chosen = this.items.find((item) => item.element === event.detail.selectedItems[0]);
      if (chosen !== undefined) reveal(chosen.path);
    });
  }

  show(rows: readonly LabelRow[], level: number): void {
    const list = JSON.stringify(rows.map(({ path, colour }) => [path, colour]));
    if (list !== this.shown) {
      this.shown = list;
      this.build(rows, level);
    }
    rows.forEach((row, i) => {
      const count = this.items[i]?.count;
      if (count === undefined) return;
      count.textContent = String(row.count);
      count.hidden = row.count === 0;
      count.title = l10n.t('Entities in the open documents');
    });
  }

  /** Shows only types whose name, or whose parent's or child's name, contains the text. */
  filter(text: string): void {
    const wanted = text.trim().toLowerCase();
    if (wanted === '' && this.wanted === '') return;
    this.wanted = wanted;
    const matches = this.items.map(({ path }) =>
      path.some((n) => n.toLowerCase().includes(wanted)),
    );
    this.items.forEach(({ element, path }, i) => {
      const childMatches = this.items.some(
        (other, k) => matches[k] === true && path.every((name, at) => other.path[at] === name),
      );
      element.hidden = !(matches[i] === true || childMatches);
      if (wanted !== '' && childMatches && element.branch) element.open = true;
    });
  }

  private build(rows: readonly LabelRow[], level: number): void {
    this.items = [];
    const byPath = new Map<string, HTMLElement>();
    const roots: HTMLElement[] = [];
    for (const row of rows) {
      const item = makeItem(row);
      const hasChildren = rows.some(
        (other) =>
          other.path.length > row.path.length && row.path.every((n, i) => other.path[i] === n),
      );
      item.element.branch = hasChildren;
      item.element.open = hasChildren && row.path.length <= level;
      const parent = byPath.get(JSON.stringify(row.path.slice(0, -1)));
      if (parent === undefined) roots.push(item.element);
      else parent.append(item.element);
      byPath.set(JSON.stringify(row.path), item.element);
      this.items.push(item);
    }
    this.element.replaceChildren(...roots);
  }
}

function makeItem({ path, colour }: LabelRow): Item {
  const element = document.createElement('vscode-tree-item');
  const mark = document.createElement('span');
  mark.className = 'mark';
  mark.style.background = cssColour(colour);
  mark.setAttribute('aria-hidden', 'true');
  const count = document.createElement('vscode-badge');
  count.slot = 'decoration';
  element.append(mark, path.at(-1) ?? '', count);
  return { element, count, path };
}

function cssColour(colour: LabelRow['colour']): string {
  if (typeof colour === 'number') return `var(--vscode-dynamicner-type${colour + 1})`;
  const isLight = /\bvscode-(high-contrast-)?light\b/.test(document.body.className);
  return isLight ? colour.light : colour.dark;
}
