import * as vscode from 'vscode';
import { builtInLists, dataOfBuiltIn } from '../../core/labels/builtInLists';
import { InputError } from '../../core/errors';
import { parseLabelFile } from '../../core/labels/labelFile';
import { exportTypes, type ExportShape } from '../../core/labels/taxonomyFile/exportTypes';
import { typesOfList } from '../../core/labels/taxonomyFile/labelListOf';
import { phrase } from '../../core/messages/phrase';
import { Disposable } from '../disposable';
import { activeDocument } from '../documents/sessions';
import type { Failures } from '../failures';
import type { LabelsInForce } from '../labels/labelsInForce';
import { isTaxonomyDocument } from '../labels/taxonomyDocuments';
import { say } from '../wording';

/** "Export Label List…": the open taxonomy file, else the list in force, as another kind of file. */
export class ExportLabelsFeature extends Disposable {
  constructor(
    private readonly labels: LabelsInForce,
    private readonly failures: Failures,
  ) {
    super();
    this._register(vscode.commands.registerCommand('dynamicner.exportLabels', () => this.export()));
  }

  private async export(): Promise<void> {
    try {
      const data = this.dataToExport();
      const shape = await askShape();
      if (shape === undefined) return;
      const { text, losses } = exportTypes(data, shape);
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      const target = await vscode.window.showSaveDialog({
        title: vscode.l10n.t('Export Label List'),
        ...(folder === undefined
          ? {}
          : { defaultUri: vscode.Uri.joinPath(folder, `labels${endings[shape]}`) }),
      });
      if (target === undefined) return;
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
      const name = vscode.workspace.asRelativePath(target);
      void vscode.window.showInformationMessage(
        [vscode.l10n.t('The label list was written to {0}.', name), ...losses.map(say)].join(' '),
      );
    } catch (error) {
      this.failures.show(error);
    }
  }

  private dataToExport() {
    const document = activeDocument();
    const isFile = document !== undefined && isTaxonomyDocument(document);
    const list = isFile
      ? parseLabelFile(document.getText(), vscode.workspace.asRelativePath(document.uri)).list
      : this.labels.of(document?.uri);
    const builtIn = builtInLists.find((one) => one.list === list);
    if (builtIn !== undefined) return dataOfBuiltIn(builtIn);
    if (list.labels.length === 0) {
      throw new InputError(
        phrase`There are no labels to export`,
        phrase`Add types to the list first.`,
      );
    }
    return { levels: list.taxonomy.levelNames, types: typesOfList(list) };
  }
}

const endings: Readonly<Record<ExportShape, string>> = {
  taxonomy: '.taxonomy.json',
  levels: '.json',
  tree: '.json',
  paths: '.txt',
  'coarse-fine': '.txt',
  names: '.txt',
};

/** What such files look like, the same in every language. */
const samples = {
  levels: '"first-level", "second-level", …',
  tree: '{"person": {…}}',
  paths: 'person->scholar',
  pairs: 'person-scholar',
} as const;

async function askShape(): Promise<ExportShape | undefined> {
  const { t } = vscode.l10n;
  const shapes: (vscode.QuickPickItem & { readonly shape: ExportShape })[] = [
    { shape: 'taxonomy', label: t('Taxonomy File'), description: t('everything') },
    {
      shape: 'levels',
      label: t('DynamicNER, Names by Level'),
      description: samples.levels,
    },
    { shape: 'tree', label: t('DynamicNER, Tree'), description: samples.tree },
    { shape: 'paths', label: t('Paths (B2NERD)'), description: samples.paths },
    { shape: 'coarse-fine', label: t('Pairs (Few-NERD)'), description: samples.pairs },
    { shape: 'names', label: t('Names of the Deepest Types'), description: t('one a line') },
  ];
  const chosen = await vscode.window.showQuickPick(shapes, {
    title: t('Export Label List'),
    placeHolder: t('Kind of file'),
  });
  return chosen?.shape;
}
