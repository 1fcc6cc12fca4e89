import * as l10n from '@vscode/l10n';
import { moveEdge, neighbourWord, type EdgeUnit } from '../../../src/core/text/wordEdges';
import type { ShownPassage, ShownSpan } from '../../../src/core/messages/datasetPanel';
import { currentPassage, selected, type Commands, type Page } from '../page';

/** Passages looked through at most for the next span, so that a set without any cannot hang the page. */
const farthest = 2000;

/** Going from passage to passage, span to span, word to word, and moving the edges of what is selected. */
export function moveCommands(page: Page): Commands {
  const { cursor } = page;
  const goTo = (position: number): void => {
    const last = page.state.count - 1;
    cursor.moveTo(Math.max(0, Math.min(position, last)));
    page.list.revealCurrent();
  };
  const isAny = (): boolean => true;
  const isOpen = (span: ShownSpan): boolean => span.state === 'suggested';
  const edge =
    (side: 'start' | 'end', direction: 'grow' | 'shrink', unit: EdgeUnit) => (): Promise<void> =>
      moveSelectedEdge(page, side, direction, unit);
  return {
    nextPassage: () => goTo(cursor.position + 1),
    previousPassage: () => goTo(cursor.position - 1),
    firstPassage: () => goTo(0),
    lastPassage: () => goTo(page.state.count - 1),
    nextSpan: () => goToSpan(page, true, isAny),
    previousSpan: () => goToSpan(page, false, isAny),
    nextSuggestion: () => goToSpan(page, true, isOpen),
    previousSuggestion: () => goToSpan(page, false, isOpen),
    nextWord: () => goToWord(page, true),
    previousWord: () => goToWord(page, false),
    extendEnd: edge('end', 'grow', 'word'),
    shrinkEnd: edge('end', 'shrink', 'word'),
    extendStart: edge('start', 'grow', 'word'),
    shrinkStart: edge('start', 'shrink', 'word'),
    extendEndByCharacter: edge('end', 'grow', 'character'),
    shrinkEndByCharacter: edge('end', 'shrink', 'character'),
    extendStartByCharacter: edge('start', 'grow', 'character'),
    shrinkStartByCharacter: edge('start', 'shrink', 'character'),
    clearSelection: () => {
      cursor.moveTo(cursor.position);
      page.messages.clear();
      window.getSelection()?.removeAllRanges();
      page.list.revealCurrent();
    },
  };
}

/** Selects the next (or previous) span that is wanted, in this passage or a later one. */
export async function goToSpan(
  page: Page,
  forward: boolean,
  isWanted: (span: ShownSpan) => boolean,
): Promise<void> {
  const { cursor, pages, list } = page;
  const here = await currentPassage(page);
  let found = here === undefined ? undefined : spanAfter(page, here, forward, isWanted);
  let position = cursor.position;
  for (let steps = 0; found === undefined && steps < farthest; steps++) {
    position += forward ? 1 : -1;
    if (position < 0 || position >= page.state.count) break;
    const spans = (await pages.ready(position))?.spans.filter(isWanted);
    found = forward ? spans?.[0] : spans?.at(-1);
  }
  if (found === undefined) {
    page.messages.say(l10n.t('There is no other such span in this direction.'));
    return;
  }
  cursor.selectSpan(position, found.id);
  list.revealCurrent();
}

/** The wanted span behind (or before) what is selected in a passage. */
function spanAfter(
  page: Page,
  passage: ShownPassage,
  forward: boolean,
  isWanted: (span: ShownSpan) => boolean,
): ShownSpan | undefined {
  const { spans } = passage;
  const at = spans.findIndex(({ id }) => id === page.cursor.span);
  if (at >= 0) {
    return forward ? spans.slice(at + 1).find(isWanted) : spans.slice(0, at).findLast(isWanted);
  }
  const words = page.cursor.selection;
  if (words === null) return forward ? spans.find(isWanted) : undefined;
  return forward
    ? spans.find((span) => span.start >= words.start && isWanted(span))
    : spans.findLast((span) => span.start < words.start && isWanted(span));
}

async function goToWord(page: Page, forward: boolean): Promise<void> {
  const passage = await currentPassage(page);
  if (passage === undefined) return;
  const word = neighbourWord(passage.text, page.cursor.rangeIn(passage), forward);
  if (word === null) return;
  page.cursor.selectWords(page.cursor.position, word);
  page.list.revealCurrent();
}

async function moveSelectedEdge(
  page: Page,
  side: 'start' | 'end',
  direction: 'grow' | 'shrink',
  unit: EdgeUnit,
): Promise<void> {
  const now = await selected(page);
  if (now === undefined) return;
  const { passage, range, span } = now;
  const moved = moveEdge(passage.text, range, side, direction, unit);
  if (moved.start === range.start && moved.end === range.end) return;
  if (span === undefined) page.cursor.selectWords(page.cursor.position, moved);
  else {
    const change = { start: moved.start, end: moved.end };
    await page.edit({ kind: 'changeEntities', id: passage.id, entityIds: [span.id], change });
  }
  page.list.revealCurrent();
}
