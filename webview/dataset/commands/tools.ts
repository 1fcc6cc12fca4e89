import * as l10n from '@vscode/l10n';
import { formatPath } from '../../../src/core/labels/names';
import type { FindBar } from '../bars/findBar';
import type { ReviewBar } from '../bars/reviewBar';
import type { TypeList } from '../bars/typeList';
import { askBulk, typeField } from '../dialogs/bulkBox';
import { askCompare } from '../dialogs/compare';
import { showHelp } from '../dialogs/help';
import { make } from '../dom';
import { percent } from '../passage/spanText';
import { currentPassage, selected, type Commands, type Page } from '../page';

/** Commands for the set as a whole: finding, filtering, suggesting, relabelling, comparing. */
export function toolCommands(
  page: Page,
  bars: {
    readonly find: FindBar;
    readonly review: ReviewBar;
    readonly types: TypeList;
    readonly acceptedScore: () => number;
  },
): Commands {
  const { t } = l10n;
  const { host } = page;
  return {
    find: async () => {
      const passage = await currentPassage(page);
      const range = page.cursor.rangeIn(passage);
      const words = range === null ? '' : (passage?.text.slice(range.start, range.end) ?? '');
      bars.find.open(words);
    },
    findNext: () => bars.find.go(false),
    findPrevious: () => bars.find.go(true),
    filter: () => bars.review.toggle(),
    types: () => bars.types.toggle(),
    help: () =>
      showHelp(page.state.commands, () => {
        host.request('openKeys', undefined).catch((error: unknown) => page.messages.fail(error));
      }),
    annotatePassage: async () => {
      const passage = await currentPassage(page);
      if (passage === undefined) return;
      const ids = page.chosen.size > 0 ? [...page.chosen] : [passage.id];
      await host.request('preannotate', { ids, first: null });
    },
    annotateAll: async () => {
      const first = (await currentPassage(page))?.id ?? null;
      await host.request('preannotate', { ids: null, first });
    },
    stopAnnotation: async () => {
      await host.request('stopPreannotation', undefined);
    },
    acceptAbove: () => {
      const least = bars.acceptedScore();
      const title = t('Accept Suggestions of {0} and Above', percent(least));
      askBulk(page, title, [], () => ({ kind: 'decide', state: 'accepted', least }));
    },
    sameMention: async () => {
      const now = await selected(page);
      if (now?.span === undefined) return;
      const { passage, span } = now;
      const { path } = span;
      const mention = passage.text.slice(span.start, span.end);
      const title = t('Mark Each “{0}” as {1}', mention, formatPath(path));
      askBulk(page, title, [], () => ({ kind: 'mark', mention, path }));
    },
    relabel: async () => {
      const now = await currentPassage(page);
      let from: readonly string[] | undefined = page.cursor.spanIn(now)?.path;
      let to: readonly string[] | undefined;
      const box = page.typeBox;
      const controls = [
        typeField(page, box, t('Type'), { value: from, canCreate: false }, (path) => {
          from = path;
          void asked.preview();
        }),
        typeField(page, box, t('becomes'), { value: to, canCreate: true }, (path) => {
          to = path;
          void asked.preview();
        }),
      ];
      const isName = make('input', { type: 'checkbox' });
      isName.addEventListener('change', () => void asked.preview());
      const text = t('It is only another name: states and scores stay, types below it move along');
      controls.push(make('label', { class: 'choice' }, isName, text));
      const asked = askBulk(page, t('Relabel'), controls, () => {
        if (from === undefined || to === undefined) return undefined;
        const kind = isName.checked ? 'rename' : 'retype';
        return { kind, from: [...from], to: [...to] };
      });
    },
    compare: () => askCompare(page),
  };
}
