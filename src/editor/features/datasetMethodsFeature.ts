import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { Failures } from '../failures';
import { besides, chooseDataSets, type DataSetFile } from '../programs/dataSetFiles';
import type { Program } from '../programs/program';
import { runWithProgress } from '../programs/runWithProgress';
import { showReport } from '../programs/showReport';

/** "Split Data Set…", "Sample Data Set…" and "Prune Data Set…": the command line's, with questions for their options. */
export class DatasetMethodsFeature extends Disposable {
  constructor(
    private readonly program: Program,
    private readonly failures: Failures,
  ) {
    super();
    const commands = { splitDataset: split, sampleDataset: sample, pruneDataset: prune };
    for (const [name, ask] of Object.entries(commands)) {
      this._register(
        vscode.commands.registerCommand(
          `dynamicner.${name}`,
          (uri?: vscode.Uri, uris?: readonly vscode.Uri[]) => this.run(ask, uri, uris),
        ),
      );
    }
  }

  private async run(
    ask: (file: DataSetFile) => Promise<Work | undefined>,
    uri?: vscode.Uri,
    uris?: readonly vscode.Uri[],
  ): Promise<void> {
    const { t } = vscode.l10n;
    const [file] = await chooseDataSets(uri, uris, { title: t('Data Set'), several: false });
    const work = file === undefined ? undefined : await ask(file);
    if (file === undefined || work === undefined) return;
    try {
      const { args, title, result } = work;
      const { stderr } = await runWithProgress(this.program, title, [...args, file.name]);
      const [show, report] = [t('Open'), t('Show Report')];
      const told = t('The result is in “{0}”.', vscode.workspace.asRelativePath(result));
      const answer = await vscode.window.showInformationMessage(told, show, report);
      if (answer === report) await showReport(stderr, 'plaintext');
      if (answer !== show) return;
      const isFile = (await vscode.workspace.fs.stat(result)).type === vscode.FileType.File;
      await vscode.commands.executeCommand(isFile ? 'vscode.open' : 'revealInExplorer', result);
    } catch (error) {
      this.failures.show(error);
    }
  }
}

/** What the program is to do. */
interface Work {
  readonly title: string;
  readonly args: readonly string[];
  /** The file or folder that it makes. */
  readonly result: vscode.Uri;
}

async function split(): Promise<Work | undefined> {
  const { t } = vscode.l10n;
  const title = t('Split Data Set');
  const shares = await vscode.window.showInputBox({
    title,
    prompt: t('Shares of train, dev and test; two numbers make train and test'),
    value: '80, 10, 10',
    validateInput: (value) =>
      readShares(value) === undefined ? t('Give two or three numbers above 0.') : undefined,
  });
  const read = shares === undefined ? undefined : readShares(shares);
  if (read === undefined) return undefined;
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: t('Folder of the Parts'),
      openLabel: t('Split'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined) return undefined;
  const names = read.length === 2 ? 'train,test' : 'train,dev,test';
  return {
    title: t('Splitting the data set'),
    args: ['split', '--shares', read.join(','), '--names', names, '--out', folder.fsPath],
    result: folder,
  };
}

async function sample(file: DataSetFile): Promise<Work | undefined> {
  const { t } = vscode.l10n;
  const title = t('Sample Data Set');
  const size = await askCount(title, t('Passages in all, shared equally among the types'), 500);
  if (size === undefined) return undefined;
  const least = await askCount(title, t('Passages that a type must have to get a share'), 5);
  const out = least === undefined ? undefined : await askFile(title, besides(file, 'sample'));
  if (least === undefined || out === undefined) return undefined;
  return {
    title: t('Drawing a sample'),
    args: [
      'sample',
      '--size',
      String(size),
      '--least',
      String(least),
      '--types',
      '--out',
      out.fsPath,
    ],
    result: out,
  };
}

async function prune(file: DataSetFile): Promise<Work | undefined> {
  const { t } = vscode.l10n;
  const title = t('Prune Data Set');
  const perType = await askCount(
    title,
    t('Passages kept for each type, those that differ most'),
    400,
  );
  const out = perType === undefined ? undefined : await askFile(title, besides(file, 'pruned'));
  if (perType === undefined || out === undefined) return undefined;
  const options = ['--per-type', String(perType), '--types', '--progress', '--resume'];
  return {
    title: t('Pruning the data set'),
    args: ['prune', ...options, '--out', out.fsPath],
    result: out,
  };
}

async function askCount(title: string, prompt: string, value: number): Promise<number | undefined> {
  const answer = await vscode.window.showInputBox({
    title,
    prompt,
    value: String(value),
    validateInput: (text) =>
      /^[1-9]\d{0,8}$/u.test(text.trim())
        ? undefined
        : vscode.l10n.t('Give a whole number above 0.'),
  });
  return answer === undefined ? undefined : Number(answer);
}

async function askFile(title: string, defaultUri: vscode.Uri): Promise<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({ title, defaultUri });
}

function readShares(text: string): number[] | undefined {
  const shares = text.split(/[,/;\s]+/u).map(Number);
  const fit = shares.every((share) => share > 0 && share < Infinity);
  return fit && (shares.length === 2 || shares.length === 3) ? shares : undefined;
}
