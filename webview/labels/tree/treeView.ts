import * as l10n from '@vscode/l10n';
import { type RenameBox } from './renameBox';
import { RowView, type RowFacts } from './rowView';
import type { NewPlace, Row, TreeModel } from './treeModel';
import type { TypeNode } from './typeNodes';

/** Rows drawn above and below those in sight. */
const margin = 8;
/** The type that has no name yet. */
const draftId = -1;

/** What the tree tells of. */
export interface TreeEvents {
  /** What is selected, active or expanded changed. */
  readonly onChange: () => void;
  readonly onRename: () => void;
  readonly onReveal: (node: TypeNode) => void;
}

/** A draft of a new type, shown among the others. */
interface DraftRow extends Omit<Row, 'node'> {
  readonly node: undefined;
}
type ShownRow = Row | DraftRow;

/** The rows of the model that are in sight, as a tree for the eye and for screen readers. */
export class TreeView {
  readonly element = document.createElement('div');
  private readonly canvas = document.createElement('div');
  private readonly views = new Map<number, RowView>();
  private rows: readonly ShownRow[] = [];
  private draft: { readonly place: NewPlace; readonly box: RenameBox } | undefined;
  private rowHeight = 22;
  private frame = 0;

  /** @param factsOf What a type's row says beside its name. */
  constructor(
    readonly model: TreeModel,
    private readonly factsOf: (node: TypeNode) => RowFacts,
    private readonly events: TreeEvents,
  ) {
    this.element.className = 'tree';
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'tree');
    this.element.setAttribute('aria-multiselectable', 'true');
    this.element.setAttribute('aria-label', l10n.t('Types'));
    this.canvas.className = 'rows';
    this.canvas.setAttribute('role', 'none');
    this.element.append(this.canvas);
    this.element.addEventListener('scroll', () => {
      this.drawSoon();
    });
    this.element.addEventListener('click', (event) => {
      this.click(event);
    });
    this.element.addEventListener('dblclick', (event) => {
      if (this.nodeOf(event.target) !== undefined) this.events.onRename();
    });
    // What the context menu acts on is what it was opened on.
    this.element.addEventListener('contextmenu', (event) => {
      const node = this.nodeOf(event.target);
      if (node === undefined || model.isSelected(node)) return;
      model.select(node);
      this.change();
    });
    new ResizeObserver(() => {
      this.measure();
      this.drawSoon();
    }).observe(this.element);
    this.measure();
  }

  /** Number of rows in sight. */
  get page(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / this.rowHeight) - 1);
  }

  /** Draws what the model says now. */
  show(): void {
    this.rows = this.draft === undefined ? this.model.rows : this.withDraft(this.draft.place);
    this.size();
    this.draw();
  }

  /** Draws after the next frame begins, however often it is asked until then. */
  drawSoon(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  /** The selection or the expansion changed: draws, and brings the active row into sight. */
  change(): void {
    this.show();
    this.scrollToActive();
    this.events.onChange();
  }

  /** Selects a type and brings it into sight. */
  goTo(node: TypeNode): void {
    this.model.reveal(node);
    this.model.select(node);
    this.change();
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  scrollToActive(): void {
    const { active } = this.model;
    const index = active === undefined ? undefined : this.model.rowOf(active);
    if (index !== undefined) this.scrollTo(index);
  }

  get scrollTop(): number {
    return this.element.scrollTop;
  }

  set scrollTop(value: number) {
    this.element.scrollTop = value;
    this.draw();
  }

  /** Puts a text box in the place of the active type's name. */
  rename(box: RenameBox): void {
    const { active } = this.model;
    if (active === undefined) return;
    this.scrollToActive();
    this.views.get(active.id)?.edit(box);
  }

  /** Shows a text box at the place of a new type. */
  addDraft(place: NewPlace, box: RenameBox): void {
    if (place.parent !== undefined) this.model.expand(place.parent, true);
    this.draft = { place, box };
    this.show();
    const index = this.rows.findIndex(({ node }) => node === undefined);
    this.scrollTo(index);
    this.views.get(draftId)?.edit(box);
  }

  /** Takes the text box away. */
  endEdit(): void {
    this.draft = undefined;
    for (const view of this.views.values()) view.endEdit();
    this.show();
  }

  /** The type whose row an element lies in. */
  nodeOf(target: EventTarget | null): TypeNode | undefined {
    const row = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    return row === null ? undefined : this.model.node(Number(row.dataset['id']));
  }

  /** The row of a type, if it is drawn. */
  rowElement(node: TypeNode): HTMLElement | undefined {
    return this.views.get(node.id)?.element;
  }

  private click(event: MouseEvent): void {
    const { model } = this;
    const node = this.nodeOf(event.target);
    if (node === undefined || !(event.target instanceof Element)) return;
    if (event.target.closest('input') !== null) return;
    if (event.target.closest('.twistie') !== null && node.children.length > 0) {
      model.expand(node);
    } else if (event.target.closest('.count') !== null) {
      this.events.onReveal(node);
      return;
    } else if (event.shiftKey) model.extendTo(node);
    else if (event.ctrlKey || event.metaKey) model.toggle(node);
    else model.select(node);
    this.change();
  }

  private scrollTo(index: number): void {
    const top = index * this.rowHeight;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + this.rowHeight > scrollTop + clientHeight) {
      this.element.scrollTop = top + this.rowHeight - clientHeight;
    }
    this.draw();
  }

  private withDraft({ parent, index }: NewPlace): readonly ShownRow[] {
    const rows: ShownRow[] = [...this.model.rows];
    const siblings = parent?.children ?? this.model.roots;
    const next = siblings[index];
    // Behind everything below the sibling before it.
    let at = next === undefined ? -1 : rows.findIndex(({ node }) => node === next);
    if (at < 0) {
      at = rows.length;
      const from = parent === undefined ? -1 : rows.findIndex(({ node }) => node === parent);
      if (parent !== undefined) {
        const depth = parent.depth + 1;
        const after = rows.findIndex((row, i) => i > from && row.level <= depth);
        at = after < 0 ? rows.length : after;
      }
    }
    rows.splice(at, 0, {
      node: undefined,
      level: parent === undefined ? 1 : parent.depth + 2,
      position: index + 1,
      setSize: siblings.length + 1,
      expanded: undefined,
    });
    return rows;
  }

  private draw(): void {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / this.rowHeight) - margin);
    const end = Math.min(
      this.rows.length,
      Math.ceil((scrollTop + clientHeight) / this.rowHeight) + margin,
    );
    const wanted = new Set<number>();
    const { active } = this.model;
    for (let index = first; index < end; index++) this.drawRow(index, wanted);
    // What the tree says is active must be there, wherever the user scrolled to.
    const activeRow = active === undefined ? undefined : this.model.rowOf(active);
    if (active !== undefined && activeRow !== undefined && !wanted.has(active.id)) {
      const at = this.rows.findIndex(({ node }) => node === active);
      if (at >= 0) this.drawRow(at, wanted);
    }
    for (const [id, view] of this.views) {
      if (wanted.has(id) || view.isEdited) continue;
      view.element.remove();
      this.views.delete(id);
    }
    if (active === undefined) this.element.removeAttribute('aria-activedescendant');
    else this.element.setAttribute('aria-activedescendant', `type-${active.id}`);
  }

  private drawRow(index: number, wanted: Set<number>): void {
    const row = this.rows[index];
    if (row === undefined) return;
    const id = row.node?.id ?? draftId;
    wanted.add(id);
    let view = this.views.get(id);
    if (view === undefined) {
      view = new RowView(id);
      this.views.set(id, view);
      this.canvas.append(view.element);
    }
    view.place(index * this.rowHeight, row);
    if (row.node === undefined) return;
    const { node } = row;
    view.show(node, this.factsOf(node), {
      selected: this.model.isSelected(node),
      active: this.model.active === node,
    });
  }

  private measure(): void {
    const size = parseFloat(getComputedStyle(this.element).fontSize);
    this.rowHeight = Math.max(22, Math.round(size * 1.7));
    this.element.style.setProperty('--row-height', `${this.rowHeight}px`);
    this.size();
  }

  private size(): void {
    const height = `${this.rows.length * this.rowHeight}px`;
    this.canvas.style.height = height;
    this.element.style.setProperty('--rows-height', height);
  }
}
