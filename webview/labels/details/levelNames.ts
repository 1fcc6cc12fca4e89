import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { Changes } from '../changes';
import { LiveField } from './liveField';

/** What the levels are called, top level first, separated by commas. */
export class LevelNames {
  readonly element = document.createElement('section');
  private readonly control = document.createElement('vscode-textfield');
  private readonly field: LiveField;

  constructor(changes: Changes) {
    this.element.className = 'level-names';
    const caption = document.createElement('span');
    caption.className = 'caption';
    caption.textContent = l10n.t('Names of the levels, top level first, separated by commas');
    caption.setAttribute('aria-hidden', 'true');
    this.control.label = caption.textContent;
    this.control.dir = 'auto';
    this.control.dataset['field'] = 'levels';
    this.field = new LiveField(this.control, false, {
      onInput: () => undefined,
      onCommit: (value) => {
        const levels = value.split(/[,，、]/u).map((name) => name.trim());
        return changes.commit(() => ({
          kind: 'setLevels',
          levels: levels.filter((name) => name !== ''),
        }));
      },
      onCancel: () => undefined,
      onLeave: () => undefined,
    });
    this.element.append(caption, this.control);
  }

  show(levels: readonly string[], readOnly: boolean): void {
    this.control.readonly = readOnly;
    this.field.show(levels.join(', '));
  }
}
