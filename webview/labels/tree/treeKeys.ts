import type { TreeModel } from './treeModel';
import type { TreeView } from './treeView';
import type { TypeNode } from './typeNodes';

/**
 * Walks the tree with the keys of the ARIA pattern for trees: these answer at once, wherever the
 * extension runs. Everything else is a contributed command.
 */
export function walkWithKeys(view: TreeView): void {
  const { model } = view;
  view.element.addEventListener('keydown', (event) => {
    if (event.altKey || event.metaKey || event.target !== view.element) return;
    const goal = goalOf(event.key, model, view.page);
    if (goal === undefined) {
      if (!walkSideways(event.key, model) && !(event.key === ' ' && event.ctrlKey)) return;
      if (event.key === ' ' && model.active !== undefined) model.toggle(model.active);
    } else if (event.shiftKey) model.extendTo(goal);
    else if (event.ctrlKey) return;
    else model.select(goal);
    event.preventDefault();
    view.change();
  });
}

/** The row that a key goes to; undefined where it is no key that goes up or down. */
function goalOf(key: string, model: TreeModel, page: number): TypeNode | undefined {
  const { rows, active } = model;
  const now = (active === undefined ? undefined : model.rowOf(active)) ?? 0;
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: now - 1,
    ArrowDown: now + 1,
    PageUp: now - page,
    PageDown: now + page,
    Home: 0,
    End: rows.length - 1,
  };
  const wanted = steps[key];
  if (wanted === undefined) return undefined;
  return rows[Math.min(Math.max(wanted, 0), rows.length - 1)]?.node;
}

/** Expands, collapses, or goes to the parent or first child. */
function walkSideways(key: string, model: TreeModel): boolean {
  const { active } = model;
  if (active === undefined || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return false;
  const isOpen = active.children.length > 0 && model.isExpanded(active);
  if (key === 'ArrowRight') {
    if (isOpen) model.select(active.children[0]);
    else if (active.children.length > 0) model.expand(active, true);
  } else if (isOpen) model.expand(active, false);
  else if (active.parent !== undefined) model.select(active.parent);
  return true;
}
