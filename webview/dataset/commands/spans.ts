import * as l10n from '@vscode/l10n';
import { formatPath } from '../../../src/core/labels/names';
import type { ShownSpan } from '../../../src/core/messages/datasetPanel';
import { askText } from '../dialogs/dialog';
import { currentPassage, selected, type Commands, type Page, type Selected } from '../page';
import { numberKeys } from '../ranking';
import { goToSpan } from './moves';

/** What people decide on spans: their type, whether they stand, and what there is to say about them. */
export function spanCommands(page: Page): Commands {
  const { cursor } = page;
  return {
    type: async (number) => {
      const now = await selected(page);
      if (now === undefined || number === null) return;
      const best = await page.ranking.best(now.passage.id, now.range);
      const chosen = best[Math.min(number, numberKeys) - 1];
      if (chosen !== undefined) await giveType(page, now, chosen.path);
    },
    chooseType: () => chooseType(page),
    createType: async () => {
      const now = await selected(page);
      const name = await askText(l10n.t('Name of the new type'), '', { give: l10n.t('Create') });
      if (name !== null && name.trim() !== '') await createAndGive(page, now, name.trim());
    },
    accept: () => decide(page, 'accepted'),
    reject: () => decide(page, 'rejected'),
    acceptPassage: async () => {
      const passage = await currentPassage(page);
      if (passage?.editable !== true) return;
      const { id } = passage;
      const entityIds = passage.spans.filter(isOpen).map((span) => span.id);
      // What the file cannot say of a passage as a whole is said only where there is nothing else.
      if (entityIds.length === 0) {
        await page.edit({ kind: 'review', ids: [id], change: { status: 'accepted' } });
      } else {
        const change = { state: 'accepted' } as const;
        await page.edit({ kind: 'changeEntities', id, entityIds, change });
      }
      cursor.moveTo(Math.min(cursor.position + 1, page.state.count - 1));
      page.list.revealCurrent();
    },
    remove: async () => {
      const now = await selected(page);
      if (now?.span === undefined) return;
      const { passage, span } = now;
      await page.edit({ kind: 'removeEntities', id: passage.id, entityIds: [span.id] });
      cursor.selectWords(cursor.position, now.range);
      page.list.revealCurrent();
    },
    flag: async () => {
      const passage = await currentPassage(page);
      if (passage === undefined) return;
      const span = cursor.spanIn(passage);
      if (span === undefined) {
        const change = { flag: !passage.flag };
        await page.edit({ kind: 'review', ids: [passage.id], change });
        return;
      }
      const change = { flag: !span.flag };
      await page.edit({ kind: 'changeEntities', id: passage.id, entityIds: [span.id], change });
    },
    comment: () => comment(page),
  };
}

/** Opens the box of types at what is selected and gives it what was chosen. */
export async function chooseType(page: Page): Promise<void> {
  const now = await selected(page);
  if (now === undefined) return;
  const mention = now.passage.text.slice(now.range.start, now.range.end);
  const choice = await page.typeBox.ask({
    title: l10n.t('Type of “{0}”', mention),
    types: page.state.types,
    best: page.ranking.best(now.passage.id, now.range),
    ...(now.span === undefined ? {} : { current: now.span.path }),
    at: page.list.selectedBox(),
    canCreate: true,
  });
  if (choice === null) page.list.revealCurrent();
  else if ('path' in choice) await giveType(page, now, choice.path);
  else await createAndGive(page, now, choice.create);
}

/** Makes a type, below the type above the selected span's where it has one, and gives it. */
async function createAndGive(page: Page, now: Selected | undefined, name: string): Promise<void> {
  const parts = name.split('›').map((part) => part.trim());
  const parent = parts.length > 1 ? parts.slice(0, -1) : (now?.span?.path.slice(0, -1) ?? []);
  const path = await page.host.request('createType', { parent, name: parts.at(-1) ?? name });
  page.messages.announce(l10n.t('The type “{0}” was created.', formatPath(path)));
  if (now !== undefined) await giveType(page, now, path);
}

/** Gives the selected span, or the words as a new one, a type. */
async function giveType(page: Page, now: Selected, path: readonly string[]): Promise<void> {
  const { passage, range, span } = now;
  const { id } = passage;
  if (span === undefined) {
    const entityId = newId();
    await page.edit({ kind: 'addEntity', id, ...range, path: [...path], entityId });
    page.cursor.selectSpan(page.cursor.position, entityId);
  } else if (formatPath(span.path) === formatPath(path) && span.state === 'suggested') {
    const change = { state: 'accepted' } as const;
    await page.edit({ kind: 'changeEntities', id, entityIds: [span.id], change });
  } else {
    const change = { path: [...path] };
    await page.edit({ kind: 'changeEntities', id, entityIds: [span.id], change });
  }
  page.ranking.use(path);
  page.list.revealCurrent();
}

/** Accepts or rejects the selected span and goes on to the next suggestion. */
async function decide(page: Page, state: 'accepted' | 'rejected'): Promise<void> {
  const now = await selected(page);
  if (now?.span === undefined) return;
  const { passage, span } = now;
  const change = { state };
  await page.edit({ kind: 'changeEntities', id: passage.id, entityIds: [span.id], change });
  await goToSpan(page, true, isOpen);
}

async function comment(page: Page): Promise<void> {
  const passage = await currentPassage(page);
  if (passage === undefined) return;
  const span = page.cursor.spanIn(passage);
  const title =
    span === undefined
      ? l10n.t('Comment on passage {0}', passage.number + 1)
      : l10n.t('Comment on “{0}”', passage.text.slice(span.start, span.end));
  const before = (span ?? passage).comment;
  const text = await askText(title, before, { give: l10n.t('Save Comment'), lines: 3 });
  if (text === null || text === before) return;
  const change = { comment: text.trim() };
  if (span === undefined) await page.edit({ kind: 'review', ids: [passage.id], change });
  else await page.edit({ kind: 'changeEntities', id: passage.id, entityIds: [span.id], change });
}

/** An id that no other entity has; `randomUUID` is not there where the editor comes by plain HTTP. */
function newId(): string {
  const parts = crypto.getRandomValues(new Uint32Array(3));
  return Array.from(parts, (part) => part.toString(36)).join('');
}

function isOpen({ state }: ShownSpan): boolean {
  return state === 'suggested';
}
