import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';

/** What becomes of the threshold; undefined is the one of the types above, or of all. */
export interface ThresholdEvents {
  readonly onInput: (threshold: number) => void;
  readonly onCommit: (threshold: number | undefined) => void;
  readonly onCancel: () => void;
}

/** A slider for a type's least probability: shown live while it moves, one edit when it is let go. */
export class ThresholdField {
  readonly element = document.createElement('div');
  private readonly input = document.createElement('input');
  private readonly output = document.createElement('output');
  /** Stands below, so that the slider is as wide whatever is said. */
  private readonly general = document.createElement('p');
  private readonly reset = document.createElement('vscode-button');
  private own: number | undefined;
  private fallback = 0.5;
  private isDragged = false;

  constructor(private readonly events: ThresholdEvents) {
    const { input, output, reset } = this;
    this.element.className = 'threshold-field';
    input.type = 'range';
    input.min = '0.01';
    input.max = '1';
    input.step = '0.01';
    input.id = 'threshold';
    output.htmlFor.add('threshold');
    const label = document.createElement('label');
    label.htmlFor = 'threshold';
    label.textContent = l10n.t('Threshold');
    reset.secondary = true;
    reset.textContent = l10n.t('Use the General One');
    reset.addEventListener('click', () => {
      events.onCommit(undefined);
    });
    input.addEventListener('input', () => {
      this.isDragged = true;
      this.write();
      events.onInput(input.valueAsNumber);
    });
    input.addEventListener('change', () => {
      this.release();
    });
    input.addEventListener('blur', () => {
      this.release();
    });
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.isDragged) return;
      this.isDragged = false;
      this.restore();
      events.onCancel();
    });
    const row = document.createElement('div');
    row.className = 'slider';
    row.append(input, output);
    this.general.className = 'hint';
    this.general.textContent = l10n.t('It has no threshold of its own: the general one holds.');
    this.element.append(label, row, this.general, reset);
  }

  /** @param fallback What is in force for the type without one of its own; undefined for the model's own. */
  show(own: number | undefined, fallback: number | undefined, readOnly: boolean): void {
    this.own = own;
    this.fallback = fallback ?? 0.5;
    this.input.disabled = readOnly;
    this.reset.hidden = own === undefined || readOnly;
    if (!this.isDragged) this.restore();
  }

  private restore(): void {
    this.input.valueAsNumber = this.own ?? this.fallback;
    this.write();
    this.general.hidden = this.own !== undefined;
  }

  /** What was dragged with keys is let go with the key or the focus. */
  private release(): void {
    if (!this.isDragged) return;
    this.isDragged = false;
    const value = this.input.valueAsNumber;
    if (value === this.own) this.events.onCancel();
    else {
      this.own = value;
      this.events.onCommit(value);
    }
  }

  private write(): void {
    this.output.textContent = this.input.valueAsNumber.toFixed(2);
  }
}
