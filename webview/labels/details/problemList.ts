import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { LabelProblem } from '../../../src/core/messages/labelEditor';
import type { TaxonomyEdit } from '../../../src/core/labels/taxonomyFile/taxonomyEdit';

export type ShownProblem = Pick<LabelProblem, 'severity' | 'message' | 'fixes'>;

/** The problems of a type, each with buttons for what mends it. */
export class ProblemList {
  readonly element = document.createElement('ul');
  private shown = '';

  constructor(private readonly mend: (edit: TaxonomyEdit) => void) {
    this.element.className = 'problems';
    this.element.setAttribute('aria-label', l10n.t('Problems'));
  }

  show(problems: readonly ShownProblem[], readOnly: boolean): void {
    const content = JSON.stringify([problems, readOnly]);
    if (content === this.shown) return;
    this.shown = content;
    this.element.hidden = problems.length === 0;
    this.element.replaceChildren(
      ...problems.map(({ severity, message, fixes }) => {
        const item = document.createElement('li');
        item.dataset['severity'] = severity;
        const text = document.createElement('span');
        text.dir = 'auto';
        text.textContent = message;
        item.append(text);
        for (const { title, edit } of readOnly ? [] : fixes) {
          const button = document.createElement('vscode-button');
          button.secondary = true;
          button.textContent = title;
          button.addEventListener('click', () => {
            this.mend(edit);
          });
          item.append(button);
        }
        return item;
      }),
    );
  }
}
