import * as vscode from 'vscode';
import { z } from 'zod';
import { phraseText } from '../../core/messages/phrase';
import { Disposable } from '../disposable';
import type { Failures } from '../failures';
import { chooseDataSets } from '../programs/dataSetFiles';
import type { Program } from '../programs/program';
import { runWithProgress } from '../programs/runWithProgress';
import { phraseSchema } from '../programs/wordedSchema';
import { say } from '../wording';
import { formatCount, percent } from './numbers';

const conflictSchema = z.object({
  kind: z.enum(['name', 'guideline', 'surface']),
  support: z.number(),
  share: z.number(),
  examples: z.array(z.string()),
  proposal: z.record(z.string(), z.unknown()).optional(),
  wording: phraseSchema,
});
type ShownConflict = z.infer<typeof conflictSchema>;

/**
 * "Find Label Conflicts…": what data sets, and the bundled models, name or label differently, as a table
 * to go through; the rules that settle the ticked ones become a file for `convert --map`.
 */
export class ConflictsFeature extends Disposable {
  constructor(
    private readonly program: Program,
    private readonly failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand(
        'dynamicner.findConflicts',
        (uri?: vscode.Uri, uris?: readonly vscode.Uri[]) => this.find(uri, uris),
      ),
    );
  }

  private async find(uri?: vscode.Uri, uris?: readonly vscode.Uri[]): Promise<void> {
    const { t } = vscode.l10n;
    const title = t('Find Label Conflicts');
    const files = await chooseDataSets(uri, uris, { title, several: true });
    if (files.length === 0) return;
    const withModel = files.length === 1 ? true : await askModel(title);
    if (withModel === undefined) return;
    try {
      const pack = withModel ? ['--pack'] : [];
      const names = files.map(({ name }) => name);
      const args = ['conflicts', '--to', 'json', ...names, ...pack];
      const { stdout } = await runWithProgress(this.program, t('Comparing labels'), args);
      const conflicts = z.array(conflictSchema).parse(JSON.parse(stdout));
      if (conflicts.length === 0) {
        void vscode.window.showInformationMessage(t('The labels do not conflict.'));
        return;
      }
      const chosen = await review(title, conflicts);
      if (chosen !== undefined && chosen.length > 0) await openRules(chosen);
    } catch (error) {
      this.failures.show(error);
    }
  }
}

async function askModel(title: string): Promise<boolean | undefined> {
  const { t } = vscode.l10n;
  const items = [
    { label: t('Compare the data sets with each other'), withModel: false },
    {
      label: t('Compare them with the bundled models too'),
      detail: t('Reads all passages with the labels of their data set'),
      withModel: true,
    },
  ];
  return (await vscode.window.showQuickPick(items, { title }))?.withModel;
}

/** The conflicts as rows to tick; undefined when the user leaves. */
async function review(
  title: string,
  conflicts: readonly ShownConflict[],
): Promise<readonly ShownConflict[] | undefined> {
  const { t } = vscode.l10n;
  const kinds = {
    name: t('Two names for one thing'),
    guideline: t('One name for different things'),
    surface: t('The same words with different labels'),
  };
  const items: (vscode.QuickPickItem & { conflict?: ShownConflict })[] = [];
  for (const [index, conflict] of conflicts.entries()) {
    const { kind, support, share, wording, examples } = conflict;
    if (kind !== conflicts[index - 1]?.kind) {
      items.push({ label: kinds[kind], kind: vscode.QuickPickItemKind.Separator });
    }
    items.push({
      label: say(wording),
      description:
        support === 0 ? '' : t('{0} compared, {1}', formatCount(support), percent(share)),
      detail: examples.slice(0, 4).join('; '),
      conflict,
    });
  }
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: t('Tick what a rule is to settle'),
    canPickMany: true,
    matchOnDetail: true,
  });
  return picked?.flatMap(({ conflict }) => conflict ?? []);
}

/** The rules as a document that the user corrects and saves. */
async function openRules(conflicts: readonly ShownConflict[]): Promise<void> {
  const rules = conflicts.flatMap(({ proposal, wording }) =>
    proposal === undefined ? [] : [{ ...proposal, note: phraseText(wording) }],
  );
  const content = `${JSON.stringify({ rules }, undefined, 2)}\n`;
  const document = await vscode.workspace.openTextDocument({ content, language: 'json' });
  await vscode.window.showTextDocument(document);
}
