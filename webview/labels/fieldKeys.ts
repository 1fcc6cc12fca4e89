/**
 * Leaves undo and redo in a field to the field: VS Code takes the keys that reach the window for the
 * document, also when a field has the focus.
 */
export function keepUndoInField(field: HTMLElement): void {
  field.addEventListener('keydown', (event) => {
    if (isUndoOrRedo(event)) event.stopPropagation();
  });
}

function isUndoOrRedo({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !altKey && /^[zy]$/iu.test(key);
}
