import './page.css';
import './passages.css';
import './types.css';
import './dialogs.css';
import * as l10n from '@vscode/l10n';
import { DatasetPage } from './datasetPage';

const texts = document.getElementById('l10n')?.textContent ?? '';
if (texts !== '') l10n.config({ contents: texts });

void new DatasetPage().start();
