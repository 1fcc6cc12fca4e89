/** A control whose value is text: a text field, a text area. */
export interface TextControl extends HTMLElement {
  value: string;
}

/** What becomes of a field's value. */
export interface LiveEvents {
  /** While it is typed. */
  readonly onInput: (value: string) => void;
  /** Enter (with Ctrl in a field of several lines), or the focus went elsewhere. */
  readonly onCommit: (value: string) => Promise<unknown>;
  readonly onCancel: () => void;
  /** Escape in a field that is as it was. */
  readonly onLeave: () => void;
}

/**
 * A text control that is shown live while it is typed into, becomes one edit when it is left, and goes
 * back to what it was with Escape.
 */
export class LiveField {
  private kept = '';
  /** What was to be shown last. */
  private latest = '';
  /** The edit on its way: until it is made, what is to be shown is older than the control. */
  private making: Promise<unknown> | undefined;

  constructor(
    readonly control: TextControl,
    private readonly isMultiline: boolean,
    private readonly events: LiveEvents,
  ) {
    control.addEventListener('input', () => {
      events.onInput(control.value);
    });
    control.addEventListener('focusout', () => {
      this.commit();
    });
    control.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (event.key === 'Enter' && (!this.isMultiline || event.ctrlKey || event.metaKey)) {
        this.commit();
        event.preventDefault();
      } else if (event.key === 'Escape') this.cancel();
    });
  }

  get isChanged(): boolean {
    return this.control.value !== this.kept;
  }

  /** Shows a value from outside; what somebody is typing stays. */
  show(value: string): void {
    this.latest = value;
    if (this.making !== undefined) return;
    const isTyping = this.isChanged && this.control.matches(':focus, :focus-within');
    this.kept = value;
    if (!isTyping && this.control.value !== value) this.control.value = value;
  }

  /** Makes an edit of what was typed, if anything was. */
  commit(): void {
    if (!this.isChanged) {
      this.events.onCancel();
      return;
    }
    this.kept = this.control.value;
    const making = this.events.onCommit(this.control.value);
    this.making = making;
    void making.finally(() => {
      if (this.making !== making) return;
      this.making = undefined;
      this.show(this.latest);
    });
  }

  /** Makes an edit of what was typed, if anything was; what is shown from now on is about something else. */
  leave(): void {
    this.commit();
    this.making = undefined;
  }

  private cancel(): void {
    if (!this.isChanged) {
      this.events.onLeave();
      return;
    }
    this.control.value = this.kept;
    this.events.onCancel();
  }
}
