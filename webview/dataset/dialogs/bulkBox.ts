import * as l10n from '@vscode/l10n';
import { formatPath } from '../../../src/core/labels/names';
import type { PageBulkChange, PageScope } from '../../../src/core/messages/datasetPanel';
import { Choices } from '../bars/choices';
import { button, make } from '../dom';
import type { Page } from '../page';
import { Dialog } from './dialog';
import type { TypeBox } from './typeBox';

/**
 * Asks what of the set a change is about, says how much it would change, and makes it.
 * @param controls What else is to be chosen, above the scope.
 * @param change The change as it is chosen now; undefined while something is missing.
 */
export function askBulk(
  page: Page,
  title: string,
  controls: readonly Node[],
  change: () => PageBulkChange | undefined,
): { readonly preview: () => Promise<void> } {
  const { t } = l10n;
  const { chosen, state } = page;
  const preview = async (): Promise<void> => {
    const wanted = change();
    apply.toggleAttribute('disabled', true);
    count.textContent = '';
    if (wanted === undefined) return;
    const scope = scopeOf(scopes.value, chosen);
    try {
      const { passages, entities } = await page.host.request('bulk', {
        change: wanted,
        scope,
        preview: true,
      });
      count.textContent = t('Will change: {0}', countsOf(entities, passages));
      apply.toggleAttribute('disabled', entities === 0);
    } catch (error) {
      count.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  const applyChange = async (): Promise<void> => {
    const wanted = change();
    if (wanted === undefined) return;
    dialog.close();
    const scope = scopeOf(scopes.value, chosen);
    const { passages, entities } = await page.host.request('bulk', {
      change: wanted,
      scope,
      preview: false,
    });
    page.messages.say(t('Changed: {0}', countsOf(entities, passages)));
  };
  const scopes = new Choices<'ids' | 'view' | 'all'>(
    t('In'),
    [
      ...(chosen.size > 0 ? [['ids', nameOfChosen(chosen.size)] as const] : []),
      ['all', t('the whole data set, {0}', passagesOf(state.total))],
      ...(state.count < state.total
        ? [['view', t('what the filter shows, {0}', passagesOf(state.count))] as const]
        : []),
    ],
    () => void preview(),
  );
  const count = make('p', { class: 'result', role: 'status' });
  const apply = button(
    t('Apply'),
    () => void applyChange().catch((error: unknown) => page.messages.fail(error)),
    { class: 'primary', disabled: true },
  );
  const content = make('div', { class: 'form' }, ...controls, scopes.element, count);
  const dialog = new Dialog(title, 'bulk', content, make('div', { class: 'buttons' }, apply));
  dialog.onClose(() => page.list.revealCurrent());
  void preview();
  return { preview };
}

function scopeOf(kind: 'ids' | 'view' | 'all', chosen: ReadonlySet<number>): PageScope {
  return kind === 'ids' ? { kind, ids: [...chosen] } : { kind };
}

/** A button that shows a type and opens the box of types to choose another. */
export function typeField(
  page: Page,
  box: TypeBox,
  name: string,
  options: { readonly value: readonly string[] | undefined; readonly canCreate: boolean },
  onChange: (path: readonly string[]) => void,
): HTMLElement {
  const show = (path: readonly string[] | undefined): string =>
    path === undefined ? l10n.t('Choose…') : formatPath(path);
  const field = button(show(options.value), () => void choose(), { class: 'type-field' });
  const choose = async (): Promise<void> => {
    // The box has to lie in the dialog: nothing outside of one can have the focus.
    field.closest('dialog')?.append(box.element);
    const choice = await box.ask({
      title: name,
      types: page.state.types,
      at: field.getBoundingClientRect(),
      canCreate: options.canCreate,
    });
    document.body.append(box.element);
    field.focus();
    if (choice === null) return;
    const path = 'path' in choice ? choice.path : [choice.create];
    field.textContent = show(path);
    onChange(path);
  };
  return make('label', { class: 'choice' }, make('span', {}, name), field);
}

/** "2 spans in 1 passage". */
function countsOf(spans: number, passages: number): string {
  const { t } = l10n;
  return t('{0} in {1}', spans === 1 ? t('1 span') : t('{0} spans', spans), passagesOf(passages));
}

function passagesOf(count: number): string {
  return count === 1 ? l10n.t('1 passage') : l10n.t('{0} passages', count);
}

function nameOfChosen(count: number): string {
  return count === 1 ? l10n.t('1 chosen passage') : l10n.t('{0} chosen passages', count);
}
