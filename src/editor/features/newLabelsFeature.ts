import path from 'node:path';
import * as vscode from 'vscode';
import { builtInLists, dataOfBuiltIn } from '../../core/labels/builtInLists';
import { parseLabelFile } from '../../core/labels/labelFile';
import type { TaxonomyData } from '../../core/labels/taxonomyFile/editTaxonomyFile';
import { writeTaxonomyFile } from '../../core/labels/taxonomyFile/exportTypes';
import { typesOfList } from '../../core/labels/taxonomyFile/labelListOf';
import { describeProblem } from '../../core/problem';
import { Disposable } from '../disposable';
import { activeDocument } from '../documents/sessions';
import type { Failures } from '../failures';
import { askTaxonomyFile } from '../labels/askTaxonomyFile';
import { describeList, knownFile } from '../labels/knownLists';
import { useLabels } from '../labels/useLabels';
import type { Settings } from '../settings';
import { say } from '../wording';

type NamedTypes = TaxonomyData & { readonly name: string };

/** "New Label List…": a taxonomy file made from a built-in list, from a file of another kind, or empty. */
export class NewLabelsFeature extends Disposable {
  constructor(
    private readonly settings: Settings,
    private readonly failures: Failures,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this._register(vscode.commands.registerCommand('dynamicner.newLabels', () => this.make()));
  }

  private async make(): Promise<void> {
    const document = activeDocument();
    try {
      const types = await this.askTypes();
      const file = types === undefined ? undefined : await askTarget(types.name);
      if (types === undefined || file === undefined) return;
      const text = writeTaxonomyFile(types);
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
      await vscode.commands.executeCommand('vscode.open', file);
      await this.offerUse(file, document);
    } catch (error) {
      this.failures.show(error);
    }
  }

  private async askTypes(): Promise<NamedTypes | undefined> {
    const { t } = vscode.l10n;
    const chosen = await vscode.window.showQuickPick(
      [
        ...builtInLists.map((builtIn) => ({
          label: builtIn.title,
          detail: describeList(builtIn.list),
          types: () => Promise.resolve<NamedTypes | undefined>(dataOfBuiltIn(builtIn)),
        })),
        {
          label: `$(folder-opened) ${t('Import File…')}`,
          detail: t('DynamicNER’s taxonomy shapes, a list of names or paths, a table, or JSON'),
          types: () => this.importFile(),
        },
        {
          label: `$(new-file) ${t('Empty List')}`,
          detail: t('One type to begin with'),
          types: () =>
            Promise.resolve<NamedTypes | undefined>({
              name: t('My Types'),
              levels: [],
              types: [{ name: t('new type') }],
            }),
        },
      ],
      { title: t('New Label List'), placeHolder: t('What it begins with') },
    );
    return chosen?.types();
  }

  private async importFile(): Promise<NamedTypes | undefined> {
    const [file] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Label List File'),
        openLabel: vscode.l10n.t('Import'),
      })) ?? [];
    if (file === undefined) return undefined;
    const source = path.posix.basename(file.path);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const { list, problems } = parseLabelFile(text, source, { anyKind: true });
    for (const problem of problems) {
      this.log.warn(`${source}:${problem.line ?? 1}: ${say(describeProblem(problem))}`);
    }
    if (problems.length > 0) {
      void vscode.window.showWarningMessage(
        problems.length === 1
          ? vscode.l10n.t('{0} has 1 doubtful place; the log names it.', source)
          : vscode.l10n.t(
              '{0} has {1} doubtful places; the log lists them.',
              source,
              problems.length,
            ),
      );
    }
    const name = source.replace(/(?:\.taxonomy)?\.[^.]+$/u, '');
    return { name, levels: list.taxonomy.levelNames, types: typesOfList(list) };
  }

  /** Not waited for: the file stands open, and nobody must decide now. */
  private async offerUse(
    file: vscode.Uri,
    document: vscode.TextDocument | undefined,
  ): Promise<void> {
    const use = vscode.l10n.t('Use This List…');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('The label list is in {0}.', vscode.workspace.asRelativePath(file)),
      use,
    );
    if (answer === use) await useLabels(knownFile(file), document, this.settings);
  }
}

function askTarget(name: string): Promise<vscode.Uri | undefined> {
  const fileName = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/gu, '');
  return askTaxonomyFile(vscode.l10n.t('New Label List'), fileName || 'labels');
}
