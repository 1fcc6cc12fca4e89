import * as l10n from '@vscode/l10n';
import { askText } from '../dialogs/dialog';
import { currentPassage, editablePassage, type Commands, type Page } from '../page';
import { editText } from '../passage/textEditing';

/** Changes of passages as wholes: their text, adding, removing, splitting, joining, leaving undecided. */
export function passageCommands(page: Page): Commands {
  const { cursor } = page;
  const show = async (id: number | undefined): Promise<void> => {
    if (id === undefined) return;
    const position = await page.host.request('positionOf', id);
    if (position === null) page.messages.say(l10n.t('The filter does not show the new passage.'));
    else cursor.moveTo(position);
    page.list.revealCurrent();
  };
  return {
    skip: async () => {
      const passage = await currentPassage(page);
      if (passage === undefined) return;
      const status = passage.status === 'skipped' ? 'open' : 'skipped';
      await page.edit({ kind: 'review', ids: [passage.id], change: { status } });
      if (status === 'skipped') cursor.moveTo(Math.min(cursor.position + 1, page.state.count - 1));
      page.list.revealCurrent();
    },
    rejectPassage: async () => {
      const passage = await currentPassage(page);
      if (passage === undefined) return;
      const status = passage.status === 'rejected' ? 'open' : 'rejected';
      await page.edit({ kind: 'review', ids: [passage.id], change: { status } });
      page.list.revealCurrent();
    },
    editText: async () => {
      const passage = await editablePassage(page);
      const view = page.list.viewOf(cursor.position);
      if (passage === undefined || view === undefined) return;
      const change = await editText(view, passage.text, () => page.list.redraw());
      if (change !== null) await page.edit({ kind: 'changeText', id: passage.id, ...change });
      page.list.revealCurrent();
    },
    addPassage: async () => {
      const passage = await currentPassage(page);
      const title = l10n.t('Text of the new passage');
      const text = await askText(title, '', { give: l10n.t('Add Passage'), lines: 5 });
      if (text === null || text.trim() === '') return;
      const passages = [{ text, entities: [] as [] }];
      const [id] = await page.edit({ kind: 'insert', after: passage?.id ?? null, passages });
      await show(id);
    },
    deletePassage: async () => {
      const passage = await currentPassage(page);
      if (passage === undefined) return;
      const ids = page.chosen.size > 0 ? [...page.chosen] : [passage.id];
      await page.edit({ kind: 'remove', ids });
      page.chosen.clear();
      cursor.moveTo(Math.max(0, Math.min(cursor.position, page.state.count - 1)));
      page.list.revealCurrent();
      page.messages.say(
        ids.length === 1
          ? l10n.t('1 passage was deleted.')
          : l10n.t('{0} passages were deleted.', ids.length),
      );
    },
    splitPassage: async () => {
      const passage = await editablePassage(page);
      const range = cursor.rangeIn(passage);
      if (passage === undefined) return;
      if (range === null || range.start === 0) {
        page.messages.say(l10n.t('Select the word that the second passage is to begin with.'));
        return;
      }
      await page.edit({ kind: 'split', id: passage.id, at: range.start });
      cursor.moveTo(cursor.position);
      page.list.revealCurrent();
    },
    mergePassage: async () => {
      const passage = await editablePassage(page);
      const next = await page.pages.ready(cursor.position + 1);
      if (passage === undefined || next === undefined) return;
      if (next.number !== passage.number + 1) {
        page.messages.say(l10n.t('The next passage shown is not the next one of the file.'));
        return;
      }
      const separator = /\s$/u.test(passage.text) ? '' : ' ';
      await page.edit({ kind: 'merge', ids: [passage.id, next.id], separator });
      page.list.revealCurrent();
    },
    choosePassage: async () => {
      const passage = await currentPassage(page);
      if (passage === undefined) return;
      if (!page.chosen.delete(passage.id)) page.chosen.add(passage.id);
      page.refresh();
    },
  };
}
