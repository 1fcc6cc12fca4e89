import type {
  DatasetState,
  PageEdit,
  ShownPassage,
  ShownSpan,
} from '../../src/core/messages/datasetPanel';
import type { Range } from '../../src/core/text/range';
import type { Messages } from './bars/messages';
import type { Cursor } from './cursor';
import type { TypeBox } from './dialogs/typeBox';
import type { Host } from './host';
import type { PassageList } from './list/passageList';
import type { PassagePages } from './list/passagePages';
import type { Ranking } from './ranking';

/** What the page's commands work on. */
export interface Page {
  readonly host: Host;
  readonly state: DatasetState;
  readonly pages: PassagePages;
  readonly list: PassageList;
  readonly cursor: Cursor;
  readonly ranking: Ranking;
  readonly typeBox: TypeBox;
  readonly messages: Messages;
  /** Ids of the passages that a change of many is to be about. */
  readonly chosen: Set<number>;
  /** Makes an edit; answers the ids of new passages. Rejects with what the extension has against it. */
  edit(edit: PageEdit): Promise<readonly number[]>;
  /** Draws again what depends on the cursor or on what is chosen. */
  refresh(): void;
}

/** A command of the page; the argument is that of its key. */
export type Command = (argument: number | null) => void | Promise<void>;
export type Commands = Readonly<Record<string, Command>>;

/** The passage under the cursor, once it is there; undefined where there is none. */
export function currentPassage(page: Page): Promise<ShownPassage | undefined> {
  return page.pages.ready(page.cursor.position);
}

/** The passage under the cursor if it can be edited; says why it cannot. */
export async function editablePassage(page: Page): Promise<ShownPassage | undefined> {
  const passage = await currentPassage(page);
  if (passage === undefined || passage.editable) return passage;
  page.messages.say(passage.problems[0] ?? '');
  return undefined;
}

/** What is selected in the passage under the cursor. */
export interface Selected {
  readonly passage: ShownPassage;
  readonly range: Range;
  readonly span: ShownSpan | undefined;
}

/** The selected span or words; undefined where nothing is selected or nothing can be edited. */
export async function selected(page: Page): Promise<Selected | undefined> {
  const passage = await editablePassage(page);
  const range = page.cursor.rangeIn(passage);
  if (passage === undefined || range === null) return undefined;
  return { passage, range, span: page.cursor.spanIn(passage) };
}
