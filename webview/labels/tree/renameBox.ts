/** What a text box in the tree does with what is typed. */
export interface RenameEvents {
  readonly onInput: (name: string) => void;
  /** Enter, or the focus went elsewhere; called once. */
  readonly onCommit: (name: string) => void;
  readonly onCancel: () => void;
}

/** A text box for a type's name, in its row. */
export class RenameBox {
  readonly element = document.createElement('input');
  private done = false;

  constructor(label: string, name: string, events: RenameEvents) {
    const { element } = this;
    element.className = 'rename';
    element.type = 'text';
    element.dir = 'auto';
    element.value = name;
    element.setAttribute('aria-label', label);
    element.addEventListener('input', () => {
      events.onInput(element.value);
    });
    const end = (how: () => void): void => {
      if (this.done) return;
      this.done = true;
      how();
    };
    const commit = (): void => {
      end(() => {
        events.onCommit(element.value.trim());
      });
    };
    element.addEventListener('blur', commit);
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing) commit();
      else if (event.key === 'Escape' && !event.isComposing) end(events.onCancel);
      // Arrows and letters are the box's, not the tree's.
      if (event.key !== 'Tab') event.stopPropagation();
    });
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
    this.element.select();
  }
}
