import * as l10n from '@vscode/l10n';

/** Radio buttons for the level of the taxonomy at which entities are shown. */
export class LevelPicker {
  readonly element = document.createElement('fieldset');
  private shown = '';

  constructor(private readonly pick: (level: number) => void) {
    this.element.className = 'levels';
  }

  show(levels: readonly string[], level: number): void {
    this.element.hidden = levels.length < 2;
    if (this.shown !== levels.join('\n')) {
      this.shown = levels.join('\n');
      const legend = document.createElement('legend');
      legend.textContent = l10n.t('Level shown');
      this.element.replaceChildren(legend, ...levels.map((name, i) => this.button(name, i)));
    }
    this.element.querySelectorAll('input').forEach((input, i) => {
      input.checked = i === level;
    });
  }

  private button(name: string, level: number): HTMLElement {
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = 'level';
    input.addEventListener('change', () => {
      this.pick(level);
    });
    const label = document.createElement('label');
    label.append(input, name);
    return label;
  }
}

/** A slider for the least probability of a shown entity; the editor follows while it moves. */
export class ThresholdSlider {
  readonly element = document.createElement('label');
  private readonly input = document.createElement('input');
  private readonly value = document.createElement('output');

  constructor(set: (threshold: number) => void) {
    this.element.className = 'threshold';
    this.input.type = 'range';
    this.input.min = '0.01';
    this.input.max = '1';
    this.input.step = '0.01';
    this.input.addEventListener('input', () => {
      this.write();
      set(this.input.valueAsNumber);
    });
    this.element.append(l10n.t('Threshold'), this.input, this.value);
  }

  show(threshold: number | null): void {
    if (document.activeElement === this.input && threshold !== null) return;
    this.input.valueAsNumber = threshold ?? 0.5;
    this.write();
    if (threshold === null) this.value.textContent = l10n.t('the model’s own');
  }

  private write(): void {
    this.value.textContent = this.input.valueAsNumber.toFixed(2);
  }
}
