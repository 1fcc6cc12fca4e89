import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { LabelColour } from '../../../src/core/labels/labelList';
import { isLightTheme, themeBackground } from '../theme';
import { contrastOf, hexOf, leastContrast, readColour, type Rgb, withContrast } from './contrast';

/** What becomes of the colours; undefined is the top-level type's. */
export interface ColourEvents {
  readonly onInput: (colour: LabelColour) => void;
  readonly onCommit: (colour: LabelColour | undefined) => void;
  readonly onCancel: () => void;
}

type Kind = keyof LabelColour;
const kinds: readonly Kind[] = ['light', 'dark'];

/** The colours of a type for light and dark themes, with their contrast in the theme of now. */
export class ColourField {
  readonly element = document.createElement('fieldset');
  private readonly inputs: Readonly<Record<Kind, HTMLInputElement>>;
  private readonly contrast = document.createElement('p');
  private readonly mend = document.createElement('vscode-button');
  private readonly reset = document.createElement('vscode-button');
  /** A picker is open and has been moved: what it shows is not to be replaced. */
  private isPicking = false;
  private kept: LabelColour = { light: '#000000', dark: '#ffffff' };

  constructor(private readonly events: ColourEvents) {
    const legend = document.createElement('legend');
    legend.textContent = l10n.t('Colour');
    const names = { light: l10n.t('In light themes'), dark: l10n.t('In dark themes') };
    this.inputs = { light: this.input(), dark: this.input() };
    this.contrast.className = 'hint';
    this.contrast.setAttribute('role', 'status');
    this.mend.secondary = true;
    this.mend.textContent = l10n.t('Mend the Contrast');
    this.mend.addEventListener('click', () => {
      const kind = this.shownKind;
      const mended = withContrast(this.valueOf(kind), themeBackground());
      events.onCommit({ ...this.value, [kind]: hexOf(mended) });
    });
    this.reset.secondary = true;
    this.reset.textContent = l10n.t('Use the Theme’s Colour');
    this.reset.addEventListener('click', () => {
      events.onCommit(undefined);
    });
    const row = document.createElement('div');
    row.className = 'colours';
    for (const kind of kinds) {
      const label = document.createElement('label');
      label.append(this.inputs[kind], names[kind]);
      row.append(label);
    }
    const buttons = document.createElement('div');
    buttons.className = 'buttons';
    buttons.append(this.mend, this.reset);
    this.element.append(legend, row, this.contrast, buttons);
  }

  /** @param inherited The colour that it has without one of its own, in the theme of now. */
  show(own: LabelColour | undefined, inherited: Rgb, readOnly: boolean): void {
    this.kept = own ?? { light: hexOf(inherited), dark: hexOf(inherited) };
    for (const kind of kinds) {
      const input = this.inputs[kind];
      if (!this.isPicking) input.value = this.kept[kind];
      input.disabled = readOnly;
    }
    this.reset.hidden = own === undefined || readOnly;
    this.showContrast(own !== undefined && !readOnly);
  }

  private showContrast(canMend: boolean): void {
    const ratio = contrastOf(this.valueOf(this.shownKind), themeBackground());
    const isEnough = ratio >= leastContrast;
    const shown = (Math.floor(ratio * 10) / 10).toFixed(1);
    this.contrast.textContent = isEnough
      ? l10n.t('Contrast {0} : 1 in the current theme: well visible.', shown)
      : l10n.t('Contrast {0} : 1 in the current theme: below 3 : 1 boxes are hard to see.', shown);
    this.contrast.classList.toggle('warning', !isEnough);
    this.mend.hidden = isEnough || !canMend;
  }

  private get shownKind(): Kind {
    return isLightTheme() ? 'light' : 'dark';
  }

  private get value(): LabelColour {
    return { light: this.inputs.light.value, dark: this.inputs.dark.value };
  }

  private valueOf(kind: Kind): Rgb {
    return readColour(this.inputs[kind].value) ?? [0, 0, 0];
  }

  private input(): HTMLInputElement {
    const input = document.createElement('input');
    input.type = 'color';
    // The picker tells `input` while it is moved and `change` when it is closed.
    input.addEventListener('input', () => {
      this.isPicking = true;
      this.showContrast(true);
      this.events.onInput(this.value);
    });
    input.addEventListener('change', () => {
      this.isPicking = false;
      const { light, dark } = this.value;
      if (light !== this.kept.light || dark !== this.kept.dark) this.events.onCommit(this.value);
    });
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.isPicking = false;
      for (const kind of kinds) this.inputs[kind].value = this.kept[kind];
      this.showContrast(true);
      this.events.onCancel();
    });
    return input;
  }
}
