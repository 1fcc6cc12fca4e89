import './page.css';
import './tree/tree.css';
import {
  askedByExtension,
  askedByPage,
  type LabelEditorState,
  type LiveState,
} from '../../src/core/messages/labelEditor';
import { MessageHandler } from '../../src/core/messages/messageHandler';
import { keepKeysInFields } from '../fieldKeys';
import { followFocus } from './focusPlace';
import { LabelPage } from './page';
import { port, vscode } from '../extension';
import { readTranslations, type KeptPage } from './keptPage';

readTranslations();

const handler = new MessageHandler(
  port,
  askedByExtension,
  {
    show: (state) => {
      page?.show(state);
    },
    showProblems: ({ version, problems }) => {
      page?.showProblems(version, problems);
    },
    showLive: (live) => {
      page?.showLive(live);
    },
    command: ({ name, argument }) => void page?.run(name, argument),
  },
  askedByPage,
);
let page: LabelPage | undefined;

void open();

async function open(): Promise<void> {
  const [state, live]: [LabelEditorState, LiveState] = await Promise.all([
    handler.request('state', undefined),
    handler.request('live', undefined),
  ]);
  page = new LabelPage(handler, state, (kept) => {
    vscode.setState(kept);
  });
  document.body.append(page.element);
  page.show(state);
  page.showLive(live);
  const kept = vscode.getState() as KeptPage | undefined;
  if (kept !== undefined) page.restore(kept);
  keepKeysInFields();
  followFocus(page.tree.element, (place) => handler.request('focus', place));
}
