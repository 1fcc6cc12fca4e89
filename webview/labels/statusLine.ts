import * as l10n from '@vscode/l10n';
import type { LiveState } from '../../src/core/messages/labelEditor';

/** How long a message stays. */
const shownMilliseconds = 8000;

/** How many types and entities there are, and what the last change took. */
export class StatusLine {
  readonly element = document.createElement('footer');
  private readonly counts = document.createElement('span');
  private readonly cost = document.createElement('span');
  private readonly message = document.createElement('span');
  private fading: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.className = 'status-line';
    this.cost.className = 'cost';
    this.message.className = 'message';
    this.message.setAttribute('role', 'alert');
    this.element.append(this.counts, this.cost, this.message);
  }

  /** Says something for some seconds. */
  say(message: string): void {
    this.message.textContent = message;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => {
      this.message.textContent = '';
    }, shownMilliseconds);
  }

  show(types: number, live: LiveState | undefined): void {
    this.element.setAttribute('aria-busy', String(live?.busy === true));
    const { t } = l10n;
    const parts = [types === 1 ? t('1 type') : t('{0} types', types)];
    if (live !== undefined && live.documents > 0) {
      const all = Object.entries(live.counts)
        .filter(([path]) => !path.includes('\n'))
        .reduce((sum, [, count]) => sum + count, 0);
      parts.push(
        t(
          '{0} in {1}',
          all === 1 ? t('1 entity') : t('{0} entities', all),
          live.documents === 1 ? t('1 open document') : t('{0} open documents', live.documents),
        ),
      );
    }
    this.counts.textContent = parts.join(' · ');
    const last = live?.last ?? null;
    this.cost.textContent =
      last === null ? '' : tellChange(last.encoded, Math.round(last.milliseconds));
  }
}

function tellChange(encoded: number, milliseconds: number): string {
  return encoded === 1
    ? l10n.t('Last change: 1 text encoded, {0} ms', milliseconds)
    : l10n.t('Last change: {0} texts encoded, {1} ms', encoded, milliseconds);
}
