import { type DropSide, moveEdit, targetOf } from './moves';
import type { TreeView } from './treeView';
import { topmost, type TypeNode } from './typeNodes';

/** Milliseconds over a collapsed type after which it opens. */
const openAfter = 700;

/**
 * Moves rows with the pointer. The place where they would come to lie is shown while they are
 * dragged; nothing changes until they are let go.
 */
export function dragRows(
  view: TreeView,
  canEdit: () => boolean,
  move: (edit: NonNullable<ReturnType<typeof moveEdit>>) => void,
): void {
  const { element, model } = view;
  let dragged: readonly TypeNode[] = [];
  let opening: { node: TypeNode; timer: ReturnType<typeof setTimeout> } | undefined;

  const end = (): void => {
    dragged = [];
    clearTimeout(opening?.timer);
    opening = undefined;
    mark(element, undefined, undefined);
  };

  element.addEventListener('dragstart', (event) => {
    const node = view.nodeOf(event.target);
    if (node === undefined || !canEdit()) {
      event.preventDefault();
      return;
    }
    if (!model.isSelected(node)) {
      model.select(node);
      view.change();
    }
    dragged = topmost(model.selected);
    event.dataTransfer?.setData('text/plain', dragged.map(({ data }) => data.name).join('\n'));
    if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'move';
  });

  element.addEventListener('dragover', (event) => {
    const over = view.nodeOf(event.target);
    const row = over === undefined ? undefined : view.rowElement(over);
    if (over === undefined || row === undefined || dragged.length === 0) {
      mark(element, undefined, undefined);
      return;
    }
    const side = sideOf(event, row);
    const isAllowed = moveEdit(dragged, targetOf(over, side)) !== undefined;
    mark(element, isAllowed ? row : undefined, side);
    if (isAllowed) event.preventDefault();
    if (opening?.node !== over) {
      clearTimeout(opening?.timer);
      const timer = setTimeout(() => {
        if (over.children.length === 0 || model.isExpanded(over)) return;
        model.expand(over, true);
        view.show();
      }, openAfter);
      opening = { node: over, timer };
    }
  });

  element.addEventListener('drop', (event) => {
    const over = view.nodeOf(event.target);
    const row = over === undefined ? undefined : view.rowElement(over);
    if (over !== undefined && row !== undefined) {
      const edit = moveEdit(dragged, targetOf(over, sideOf(event, row)));
      if (edit !== undefined) move(edit);
      event.preventDefault();
    }
    end();
  });
  element.addEventListener('dragend', end);
}

/** The upper and the lower quarter of a row are beside its type, what is between is inside. */
function sideOf(event: MouseEvent, row: HTMLElement): DropSide {
  const { top, height } = row.getBoundingClientRect();
  const share = (event.clientY - top) / height;
  if (share < 0.25) return 'before';
  return share > 0.75 ? 'after' : 'inside';
}

function mark(tree: HTMLElement, row: HTMLElement | undefined, side: DropSide | undefined): void {
  for (const old of tree.querySelectorAll<HTMLElement>('[data-drop]')) {
    if (old !== row) delete old.dataset['drop'];
  }
  if (row !== undefined && side !== undefined) row.dataset['drop'] = side;
}
