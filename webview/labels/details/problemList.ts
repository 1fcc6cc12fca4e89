import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { LabelProblem } from '../../../src/core/messages/labelEditor';
import type { TaxonomyEdit } from '../../../src/core/labels/taxonomyFile/taxonomyEdit';

export type ShownProblem = Pick<LabelProblem, 'kind' | 'severity' | 'message' | 'fixes'>;

/** The problems of a type, each with buttons for what mends it. */
export class ProblemList {
  readonly element = document.createElement('ul');
  private shown = '';

  /**
   * @param mend Makes an edit that mends a problem.
   * @param rename Lets the user give the type another name; absent where problems are of no type.
   */
  constructor(
    private readonly mend: (edit: TaxonomyEdit) => void,
    private readonly rename?: () => void,
  ) {
    this.element.className = 'problems';
    this.element.setAttribute('aria-label', l10n.t('Problems'));
  }

  show(problems: readonly ShownProblem[], readOnly: boolean): void {
    const content = JSON.stringify([problems, readOnly]);
    if (content === this.shown) return;
    this.shown = content;
    this.element.hidden = problems.length === 0;
    this.element.replaceChildren(
      ...problems.map(({ kind, severity, message, fixes }) => {
        const item = document.createElement('li');
        item.dataset['severity'] = severity;
        const text = document.createElement('span');
        text.dir = 'auto';
        text.textContent = message;
        item.append(text);
        if (readOnly) return item;
        for (const { title, edit } of fixes) {
          item.append(
            makeButton(title, () => {
              this.mend(edit);
            }),
          );
        }
        // What other name sets a type apart only a human knows.
        if (kind === 'similar-siblings' && this.rename !== undefined) {
          item.append(makeButton(l10n.t('Rename…'), this.rename));
        }
        return item;
      }),
    );
  }
}

function makeButton(title: string, onClick: () => void): HTMLElement {
  const button = document.createElement('vscode-button');
  button.secondary = true;
  button.textContent = title;
  button.addEventListener('click', onClick);
  return button;
}
