import * as vscode from 'vscode';
import { versionsSchema } from '../../core/messages/versionsPanel';
import { VersionsPanels } from '../../panels/versionsPanel';
import { Disposable } from '../disposable';
import type { Failures } from '../failures';
import { besides, chooseDataSets } from '../programs/dataSetFiles';
import type { Program } from '../programs/program';
import { runWithProgress } from '../programs/runWithProgress';
import { askDynamicRounds, roundArguments } from './dynamicRounds';

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
    const rounds = await askDynamicRounds(title);
    if (rounds === undefined) return;
    const name = besides(file, `dynamic-${rounds.seed}`);
    const defaultUri = name.with({ path: name.path.replace(/\.[^./]*$/u, '.jsonl') });
    const out = await vscode.window.showSaveDialog({ title, defaultUri });
    if (out === undefined) return;
    const args = [...roundArguments(rounds), '--out', out.fsPath, file.name];
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
