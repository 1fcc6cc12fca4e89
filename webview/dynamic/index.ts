import './page.css';
import * as l10n from '@vscode/l10n';
import { MessageHandler } from '../../src/core/messages/messageHandler';
import { askedByVersionsPage } from '../../src/core/messages/versionsPanel';
import { showVersions } from './page';
import { port } from '../extension';

const texts = document.getElementById('l10n')?.textContent ?? '';
if (texts !== '') l10n.config({ contents: texts });

const handler = new MessageHandler(port, {}, {}, askedByVersionsPage);
void handler.request('versions', undefined).then((versions) => {
  document.body.append(showVersions(versions));
});
