import './page.css';
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-tree/index.js';
import '@vscode-elements/elements/dist/vscode-tree-item/index.js';
import * as l10n from '@vscode/l10n';
import { MessageHandler, type Port } from '../../src/core/messages/messageHandler';
import {
  askedByExtension,
  askedByPage,
  type LabelPanelState,
} from '../../src/core/messages/labelPanel';
import { LabelTree } from './labelTree';
import { LevelPicker, ThresholdSlider } from './viewControls';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): { readonly filter?: string } | undefined;
  setState(state: { readonly filter: string }): void;
};

const vscode = acquireVsCodeApi();
const texts = document.getElementById('l10n')?.textContent ?? '';
if (texts !== '') l10n.config({ contents: texts });

const port: Port = {
  post: (message) => {
    vscode.postMessage(message);
  },
  onMessage: (listener) => {
    const receive = (event: MessageEvent): void => {
      listener(event.data);
    };
    window.addEventListener('message', receive);
    return {
      dispose: () => {
        window.removeEventListener('message', receive);
      },
    };
  },
};

const handler = new MessageHandler(port, askedByExtension, { show }, askedByPage);

const filter = document.createElement('vscode-textfield');
filter.placeholder = l10n.t('Filter types');
filter.label = l10n.t('Filter types');
filter.value = vscode.getState()?.filter ?? '';

const levels = new LevelPicker((level) => void handler.request('setLevel', level));
const threshold = new ThresholdSlider((value) => void handler.request('setThreshold', value));
const tree = new LabelTree((path) => void handler.request('reveal', [...path]));

const controls = document.createElement('div');
controls.className = 'controls';
controls.append(filter, levels.element, threshold.element);
document.body.append(controls, tree.element);

filter.addEventListener('input', () => {
  vscode.setState({ filter: filter.value });
  tree.filter(filter.value);
});

function show(state: LabelPanelState): void {
  levels.show(state.levels, state.level);
  threshold.show(state.threshold);
  tree.show(state.rows, state.level);
  tree.filter(filter.value);
}

void handler.request('state', undefined).then(show);
