import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { findTypes, type FoundBy } from './tree/findTypes';
import type { TypeNode } from './tree/typeNodes';
import type { TreeView } from './tree/treeView';

/** Looks through all types, collapsed ones too, and walks from one to the next. */
export class FindBar {
  readonly element = document.createElement('div');
  private readonly input = document.createElement('vscode-textfield');
  private readonly number = document.createElement('output');
  private readonly only = document.createElement('vscode-checkbox');
  private matches: readonly TypeNode[] = [];
  private ids: ReadonlySet<number> = new Set();

  constructor(
    private readonly tree: TreeView,
    private readonly foundBy: FoundBy,
    onChange: () => void,
  ) {
    const { element, input, number, only } = this;
    element.className = 'find';
    element.setAttribute('role', 'search');
    input.label = l10n.t('Find types');
    input.placeholder = l10n.t('Find types');
    input.dir = 'auto';
    only.label = l10n.t('Only matches');
    only.addEventListener('change', () => {
      this.search();
      onChange();
    });
    input.addEventListener('input', () => {
      this.search();
      const [first] = this.matches;
      if (first !== undefined) this.go(first);
      onChange();
    });
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.step(event.shiftKey ? -1 : 1);
      else if (event.key === 'Escape') {
        this.text = '';
        tree.focus();
        onChange();
      } else if (event.key === 'ArrowDown') tree.focus();
      else return;
      event.preventDefault();
    });
    const previous = button('↑', l10n.t('Previous match'), () => {
      this.step(-1);
    });
    const next = button('↓', l10n.t('Next match'), () => {
      this.step(1);
    });
    element.append(input, number, previous, next, only);
  }

  get text(): string {
    return this.input.value;
  }

  set text(value: string) {
    this.input.value = value;
    this.search();
  }

  get onlyMatches(): boolean {
    return this.only.checked;
  }

  set onlyMatches(value: boolean) {
    this.only.checked = value;
    this.search();
  }

  isFound(node: TypeNode): boolean {
    return this.ids.has(node.id);
  }

  focus(): void {
    this.input.focus();
    this.input.wrappedElement.select();
  }

  /** Goes to the next match after the active type, or with -1 to the one before it. */
  step(by: 1 | -1): void {
    const goal = this.tree.model.neighbour(this.matches, by);
    if (goal !== undefined) this.go(goal);
  }

  /** Looks again: the text, or the types, changed. */
  search(): void {
    const { model } = this.tree;
    this.matches = findTypes(model.all, this.text, this.foundBy);
    this.ids = new Set(this.matches.map(({ id }) => id));
    const isAsked = this.text.trim() !== '';
    model.showOnly(isAsked && this.only.checked ? this.matches : undefined);
    this.say(isAsked);
    this.tree.show();
  }

  private say(isAsked: boolean): void {
    const { active } = this.tree.model;
    const at = active === undefined ? 0 : this.matches.indexOf(active) + 1;
    const all = this.matches.length;
    if (!isAsked) this.number.textContent = '';
    else if (all === 0) this.number.textContent = l10n.t('No matches');
    else if (at > 0) this.number.textContent = l10n.t('{0} of {1}', at, all);
    else this.number.textContent = all === 1 ? l10n.t('1 match') : l10n.t('{0} matches', all);
  }

  private go(node: TypeNode): void {
    this.tree.goTo(node);
    this.say(true);
  }
}

function button(text: string, label: string, press: () => void): HTMLElement {
  const element = document.createElement('vscode-button');
  element.secondary = true;
  element.textContent = text;
  element.title = label;
  element.setAttribute('aria-label', label);
  element.addEventListener('click', press);
  return element;
}
