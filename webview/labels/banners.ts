import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { LabelEditorState, LiveState } from '../../src/core/messages/labelEditor';

/** What the buttons of the banners do. */
export interface BannerActions {
  readonly reopenAsText: () => void;
  readonly makeCopy: () => void;
  readonly reextract: () => void;
  readonly useList: () => void;
}

interface Banner {
  readonly kind: 'error' | 'warning' | 'information';
  readonly text: string;
  readonly button?: { readonly label: string; readonly press: () => void };
}

/** Says why nothing can be edited, that documents show another list, or that none shows this one. */
export class Banners {
  readonly element = document.createElement('div');
  private shown = '';

  constructor(private readonly actions: BannerActions) {
    this.element.className = 'banners';
    this.element.setAttribute('role', 'status');
  }

  show(state: LabelEditorState, live: LiveState | undefined): void {
    const banners = [
      ...this.ofState(state),
      ...(live === undefined ? [] : this.ofLive(state, live)),
    ];
    const content = JSON.stringify(banners);
    if (content === this.shown) return;
    this.shown = content;
    this.element.replaceChildren(...banners.map(elementOf));
  }

  private ofState({ readOnly }: LabelEditorState): Banner[] {
    if (readOnly === null) return [];
    if (readOnly.why === 'built-in') {
      return [
        {
          kind: 'information',
          text: l10n.t('This list comes with the extension and cannot be changed.'),
          button: { label: l10n.t('Make an Own Copy…'), press: this.actions.makeCopy },
        },
      ];
    }
    const { line, column, message } = readOnly;
    return [
      {
        kind: 'error',
        text: l10n.t(
          'The file cannot be read (line {0}, column {1}): {2} What you see is how it last could be; it cannot be edited here.',
          line,
          column,
          message,
        ),
        button: { label: l10n.t('Reopen as Text'), press: this.actions.reopenAsText },
      },
    ];
  }

  private ofLive({ readOnly }: LabelEditorState, live: LiveState): Banner[] {
    const banners: Banner[] = [];
    if (live.stale > 0 && !live.freeLabels) banners.push(this.staleBanner(live));
    if (live.documents === 0 && readOnly?.why !== 'broken') {
      banners.push({
        kind: 'information',
        text: l10n.t('No open document uses this list: there is nothing to count.'),
        button: { label: l10n.t('Use This List'), press: this.actions.useList },
      });
    }
    if (live.others.length > 0) {
      const types = live.others.map(({ path, count }) => `${path.join(' › ')} (${count})`);
      banners.push({
        kind: 'information',
        text: l10n.t('Annotations of types that are not in this list: {0}', types.join(', ')),
      });
    }
    return banners;
  }

  private staleBanner({ stale, requests, busy }: LiveState): Banner {
    const text =
      stale === 1
        ? l10n.t(
            'The model in force has to read texts again for another list: the entities of 1 open document are of the list as it was.',
          )
        : l10n.t(
            'The model in force has to read texts again for another list: the entities of {0} open documents are of the list as it was.',
            stale,
          );
    const button = { label: labelOf(requests), press: this.actions.reextract };
    return { kind: 'warning', text, ...(busy ? {} : { button }) };
  }
}

function labelOf(requests: number | null): string {
  if (requests === null) return l10n.t('Re-extract');
  return requests === 1
    ? l10n.t('Re-extract (at most 1 request)')
    : l10n.t('Re-extract (at most {0} requests)', requests);
}

function elementOf({ kind, text, button }: Banner): HTMLElement {
  const element = document.createElement('div');
  element.className = 'banner';
  element.dataset['kind'] = kind;
  const words = document.createElement('span');
  words.dir = 'auto';
  words.textContent = text;
  element.append(words);
  if (button !== undefined) {
    const control = document.createElement('vscode-button');
    control.textContent = button.label;
    control.addEventListener('click', button.press);
    element.append(control);
  }
  return element;
}
