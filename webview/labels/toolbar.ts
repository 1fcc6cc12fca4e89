import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { PageCommand } from '../../src/core/messages/labelEditor';

/** What a button of the toolbar needs to make sense. */
export interface ToolbarFacts {
  readonly readOnly: boolean;
  readonly depth: number;
  readonly levelNames: readonly string[];
  readonly selected: number;
}

interface Action {
  readonly command: PageCommand;
  readonly label: string;
  readonly hint: string;
  /** Least number of selected types. */
  readonly least: number;
  readonly most: number;
}

/** Buttons for what can be done with the selected types, and for the levels. */
export class Toolbar {
  readonly element = document.createElement('div');
  private readonly levels = document.createElement('span');
  private readonly buttons = new Map<Action, HTMLElement & { disabled: boolean }>();
  private shownLevels = '';

  constructor(
    private readonly run: (command: PageCommand, argument?: number) => void,
    exportAnnotations: () => void,
  ) {
    const { element, levels } = this;
    element.className = 'toolbar';
    element.setAttribute('role', 'toolbar');
    element.setAttribute('aria-label', l10n.t('Actions'));
    const actions: readonly Action[] = [
      action('addSibling', l10n.t('Add'), l10n.t('Add a type after the selected one'), 0),
      action('addChild', l10n.t('Add Below'), l10n.t('Add a type below the selected one'), 1, 1),
      action('delete', l10n.t('Delete'), l10n.t('Delete the selected types'), 1),
      action('merge', l10n.t('Merge'), l10n.t('Make one type of the selected ones'), 2),
      action('split', l10n.t('Split'), l10n.t('Divide the selected type'), 1, 1),
    ];
    for (const one of actions) {
      const control = button(one.label, one.hint, () => {
        run(one.command);
      });
      this.buttons.set(one, control);
      element.append(control);
    }
    levels.className = 'levels-expanded';
    levels.setAttribute('role', 'group');
    levels.setAttribute('aria-label', l10n.t('Expand to level'));
    element.append(levels);
    const hint = l10n.t('Export the annotations of the document, the folder or the data set');
    element.append(button(l10n.t('Export Annotations'), hint, exportAnnotations));
  }

  show({ readOnly, depth, levelNames, selected }: ToolbarFacts): void {
    for (const [{ least, most }, control] of this.buttons) {
      control.hidden = readOnly;
      control.disabled = selected < least || selected > most;
    }
    const names = Array.from(
      { length: depth },
      (_, level) => levelNames[level] ?? l10n.t('level {0}', level + 1),
    );
    if (names.join('\n') === this.shownLevels) return;
    this.shownLevels = names.join('\n');
    this.levels.replaceChildren(
      l10n.t('Expand to:'),
      ...names.map((name, level) => {
        const hint = l10n.t('Show the types down to level “{0}”', name);
        return button(name, hint, () => {
          this.run('expandLevel', level + 1);
        });
      }),
    );
    this.levels.hidden = depth < 2;
  }
}

function action(
  command: PageCommand,
  label: string,
  hint: string,
  least: number,
  most = Infinity,
): Action {
  return { command, label, hint, least, most };
}

function button(
  text: string,
  hint: string,
  press: () => void,
): HTMLElement & { disabled: boolean } {
  const element = document.createElement('vscode-button');
  element.secondary = true;
  element.textContent = text;
  element.title = hint;
  element.addEventListener('click', press);
  return element;
}
