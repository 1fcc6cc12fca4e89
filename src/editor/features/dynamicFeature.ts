import * as vscode from 'vscode';
import { versionsSchema } from '../../core/messages/versionsPanel';
import { VersionsPanels } from '../../panels/versionsPanel';
import { Disposable } from '../disposable';
import type { Failures } from '../failures';
import { besides, chooseDataSets } from '../programs/dataSetFiles';
import type { Program } from '../programs/program';
import { runWithProgress } from '../programs/runWithProgress';

/** "Create Dynamic Version…" and "Compare Versions…" of data sets. */
export class DynamicFeature extends Disposable {
  private readonly panels: VersionsPanels;

  constructor(
    private readonly program: Program,
    private readonly failures: Failures,
    extensionUri: vscode.Uri,
  ) {
    super();
    this.panels = this._register(new VersionsPanels(extensionUri));
    const { registerCommand } = vscode.commands;
    this._register(
      registerCommand('dynamicner.createDynamicVersion', (uri?: vscode.Uri) =>
        this.create(uri).catch((error: unknown) => failures.show(error)),
      ),
    );
    this._register(
      registerCommand(
        'dynamicner.compareVersions',
        (uri?: vscode.Uri, uris?: readonly vscode.Uri[]) =>
          this.compare(uris ?? (uri === undefined ? undefined : [uri])),
      ),
    );
  }

  private async create(uri?: vscode.Uri): Promise<void> {
    const { t } = vscode.l10n;
    const title = t('Create Dynamic Version');
    const [file] = await chooseDataSets(uri, undefined, { title, several: false });
    if (file === undefined) return;
    const rounds = await askRounds(title);
    if (rounds === undefined) return;
    const seed = await askSeed(title);
    if (seed === undefined) return;
    const name = besides(file, `dynamic-${seed}`);
    const defaultUri = name.with({ path: name.path.replace(/\.[^./]*$/u, '.jsonl') });
    const out = await vscode.window.showSaveDialog({ title, defaultUri });
    if (out === undefined) return;
    const args = ['dynamic', '--rounds', rounds, '--seed', seed, '--out', out.fsPath, file.name];
    await runWithProgress(this.program, t('Making a dynamic version'), args);
    const [show, compare] = [t('Open'), t('Compare')];
    const told = t('The version is in “{0}”.', vscode.workspace.asRelativePath(out));
    const answer = await vscode.window.showInformationMessage(told, show, compare);
    if (answer === show) await vscode.commands.executeCommand('vscode.open', out);
    if (answer === compare) await this.compare([file.uri, out]);
  }

  private async compare(uris: readonly vscode.Uri[] | undefined): Promise<void> {
    const { t } = vscode.l10n;
    try {
      const title = t('Versions to Compare');
      const files = await chooseDataSets(undefined, uris, { title, several: true });
      if (files.length === 0) return;
      const names = files.map(({ name }) => name);
      const args = ['dynamic', '--measure', '--report', 'json', ...names];
      const { stdout } = await runWithProgress(this.program, t('Measuring versions'), args);
      const versions = versionsSchema.parse(JSON.parse(stdout)).map((version, at) => {
        const uri = files[at]?.uri;
        return {
          ...version,
          name: uri === undefined ? version.name : vscode.workspace.asRelativePath(uri),
        };
      });
      this.panels.show(versions);
    } catch (error) {
      this.failures.show(error);
    }
  }
}

async function askRounds(title: string): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const items = [
    { label: t('All four rounds'), rounds: '1..4' },
    { label: t('1: Mix granularities'), rounds: '1..1' },
    { label: t('1 and 2: … and synonyms'), rounds: '1..2' },
    { label: t('1 to 3: … and remove options'), rounds: '1..3' },
  ];
  const placeHolder = t('Rounds of dynamic categorization');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.rounds;
}

function askSeed(title: string): Thenable<string | undefined> {
  const { t } = vscode.l10n;
  return vscode.window.showInputBox({
    title,
    prompt: t('Seed: the same number makes the same version'),
    value: '1',
    validateInput: (text) => (/^\d{1,9}$/u.test(text) ? undefined : t('Give a whole number.')),
  });
}
