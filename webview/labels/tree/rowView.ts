import * as l10n from '@vscode/l10n';
import type { LiveState } from '../../../src/core/messages/labelEditor';
import { learnedMark, learnedText } from './learnedText';
import type { RenameBox } from './renameBox';
import type { Row } from './treeModel';
import type { TypeNode } from './typeNodes';

/** What a type's row says beside its name. */
export interface RowFacts {
  /** The name, as it is being typed somewhere or as the file has it. */
  readonly name: string;
  /** What it is called in the user's language, where that is another name. */
  readonly displayName: string | undefined;
  readonly colour: string;
  /** Whether it and all types above it are enabled. */
  readonly enabled: boolean;
  readonly count: number;
  /** What it was learned from, and how well. */
  readonly learned: LiveState['learned'][string] | undefined;
  /** Its own least probability. */
  readonly threshold: number | undefined;
  readonly problems: readonly { readonly severity: string; readonly message: string }[];
  /** What is looked for occurs in it. */
  readonly found: boolean;
  /** Its count is of another list than the one shown. */
  readonly stale: boolean;
  readonly canDrag: boolean;
}

function part(name: string): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  return element;
}

/** The row of one type. Texts enter it only as text nodes. */
export class RowView {
  readonly element = document.createElement('div');
  private readonly twistie = part('twistie');
  private readonly mark = part('mark');
  private readonly name = part('name');
  private readonly displayName = part('display-name');
  private readonly problem = part('problem');
  private readonly threshold = part('own-threshold');
  private readonly learned = part('learned');
  private readonly count = part('count');
  /** What the eye sees by looks alone. */
  private readonly state = part('state');
  private box: RenameBox | undefined;

  constructor(id: number) {
    const { element } = this;
    element.className = 'row';
    element.id = `type-${id}`;
    element.dataset['id'] = String(id);
    element.setAttribute('role', 'treeitem');
    for (const text of [this.name, this.displayName]) text.dir = 'auto';
    const parts = [this.twistie, this.mark, this.name, this.displayName];
    element.append(...parts, this.problem, this.learned, this.threshold, this.count);
    for (const child of [this.twistie, this.mark]) child.setAttribute('aria-hidden', 'true');
    this.state.className = 'for-screen-readers';
    element.append(this.state);
  }

  get isEdited(): boolean {
    return this.box !== undefined;
  }

  place(top: number, { level, position, setSize, expanded }: Omit<Row, 'node'>): void {
    const { element } = this;
    element.style.transform = `translateY(${top}px)`;
    element.style.setProperty('--level', String(level - 1));
    element.setAttribute('aria-level', String(level));
    element.setAttribute('aria-posinset', String(position));
    element.setAttribute('aria-setsize', String(setSize));
    if (expanded === undefined) element.removeAttribute('aria-expanded');
    else element.setAttribute('aria-expanded', String(expanded));
  }

  show(
    node: TypeNode,
    facts: RowFacts,
    { selected, active }: { readonly selected: boolean; readonly active: boolean },
  ): void {
    const { element } = this;
    const { name, displayName, count, threshold, problems } = facts;
    element.setAttribute('aria-selected', String(selected));
    setText(this.state, stateOf(facts));
    element.draggable = facts.canDrag && !this.isEdited;
    element.classList.toggle('active', active);
    element.classList.toggle('disabled', !facts.enabled);
    element.classList.toggle('found', facts.found);
    element.classList.toggle('stale', facts.stale);
    element.dataset['vscodeContext'] = JSON.stringify({
      webviewSection: 'type',
      hasChildren: node.children.length > 0,
      preventDefaultContextMenuItems: true,
    });
    this.mark.style.background = facts.colour;
    setText(this.name, name === '' ? l10n.t('(no name)') : name);
    this.name.classList.toggle('empty', name === '');
    setText(this.displayName, displayName ?? '');
    if (this.isEdited) this.hideNames();
    const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0];
    setText(this.problem, worst === undefined ? '' : String(problems.length), l10n.t('problems'));
    this.problem.dataset['severity'] = worst?.severity ?? '';
    this.problem.title = problems.map(({ message }) => message).join('\n');
    setText(this.threshold, threshold === undefined ? '' : `≥ ${threshold.toFixed(2)}`);
    const { learned } = facts;
    setText(this.learned, learned === undefined ? '' : learnedMark(learned));
    this.learned.title = learned === undefined ? '' : learnedText(learned);
    setText(this.count, count === 0 ? '' : String(count), l10n.t('entities'));
    this.count.title = facts.stale
      ? l10n.t('Entities in the open documents, as they were before the list changed')
      : l10n.t('Entities in the open documents; click for the next one');
  }

  /** Puts a text box in the place of the name. */
  edit(box: RenameBox): void {
    this.box = box;
    this.element.draggable = false;
    this.hideNames();
    this.mark.after(box.element);
    box.focus();
  }

  endEdit(): void {
    this.box?.element.remove();
    this.box = undefined;
    this.name.hidden = false;
    this.displayName.hidden = false;
  }

  /** Also when what is typed is shown live: it stands in the box already. */
  private hideNames(): void {
    this.name.hidden = true;
    this.displayName.hidden = true;
  }
}

function stateOf({ enabled, stale }: RowFacts): string {
  return [enabled ? '' : l10n.t('disabled'), stale ? l10n.t('stale') : ''].join(' ').trim();
}

/** @param unit What the text counts; said, not shown. */
function setText(element: HTMLElement, text: string, unit?: string): void {
  if (element.dataset['text'] === text) return;
  element.dataset['text'] = text;
  element.hidden = text === '';
  element.textContent = text;
  if (unit === undefined || text === '') return;
  const said = part('for-screen-readers');
  said.textContent = ` ${unit}`;
  element.append(said);
}
