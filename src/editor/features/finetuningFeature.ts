import * as vscode from 'vscode';
import { FinetuningFiles, type FinetuningFile } from '../../core/finetuning/finetuningFiles';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { takeTurns } from '../../engines/turns';
import { activeDocument, type OpenSessions } from '../documents/sessions';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import { say } from '../wording';
import { formatCount } from './numbers';
import { sessionPassages } from './sessionPassages';

/** What the user chose to have in the files. */
interface Choice {
  readonly all: boolean;
  readonly unlabelled: boolean;
  readonly suggested: boolean;
  /** Share of the sentences for validation, in 0..1. */
  readonly validation: number;
}

const defaultPercent = 10;

/**
 * "Export Fine-Tuning Files…": the accepted annotations of the document, or of all open ones, as SWIFT
 * conversations for the cascade's two models.
 */
export class FinetuningFeature extends Disposable {
  constructor(
    private readonly parts: EditorParts,
    private readonly sessions: OpenSessions,
    private readonly access: EngineAccess,
    private readonly failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.exportFinetuning', () => this.export()),
    );
  }

  private async export(): Promise<void> {
    const { t } = vscode.l10n;
    const annotated = [...this.sessions.all].filter(({ entityCount }) => entityCount > 0);
    if (annotated.length === 0) {
      void vscode.window.showInformationMessage(
        t('There are no entities to learn from. Extract entities and accept them first.'),
      );
      return;
    }
    const choice = await choose();
    if (choice === undefined) return;
    const active = activeDocument();
    const chosen = choice.all || active === undefined ? annotated : [this.sessions.of(active)];
    try {
      const made = await this.gather(chosen, choice);
      if (made.sentenceCount === 0) {
        void vscode.window.showInformationMessage(
          t('No entity has been accepted yet. Accept entities, or include suggestions.'),
        );
        return;
      }
      await write(made);
    } catch (error) {
      this.failures.show(error);
    }
  }

  private async gather(
    sessions: readonly DocumentSession[],
    { unlabelled, suggested, validation }: Choice,
  ): Promise<FinetuningFiles> {
    const { taxonomy } = this.parts.labels;
    const made = new FinetuningFiles({ taxonomy, unlabelled, suggested, validation, seed: 1 });
    const breath = takeTurns();
    for (const session of sessions) {
      for await (const passage of sessionPassages(session, this.access)) {
        await breath();
        made.add(passage);
      }
    }
    return made;
  }
}

async function choose(): Promise<Choice | undefined> {
  const { t } = vscode.l10n;
  const title = t('Export Fine-Tuning Files');
  const items = [
    { key: 'all', label: t('All open documents'), detail: t('Not only the active one') },
    {
      key: 'unlabelled',
      label: t('Sentences without entities'),
      detail: t('So that the extractor also learns where there is nothing'),
    },
    {
      key: 'suggested',
      label: t('Suggestions'),
      detail: t('Also what nobody has accepted or rejected yet'),
    },
  ] as const;
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: t('Include besides the accepted entities of this document'),
    canPickMany: true,
  });
  if (picked === undefined) return undefined;
  const share = await vscode.window.showInputBox({
    title,
    prompt: t('Percentage of the sentences that is kept for validation'),
    value: String(defaultPercent),
    validateInput: (value) =>
      readPercent(value) === undefined ? t('Give a number from 0 to 100.') : undefined,
  });
  const percent = share === undefined ? undefined : readPercent(share);
  if (percent === undefined) return undefined;
  const has = (key: string): boolean => picked.some((item) => item.key === key);
  return {
    all: has('all'),
    unlabelled: has('unlabelled'),
    suggested: has('suggested'),
    validation: percent / 100,
  };
}

function readPercent(text: string): number | undefined {
  const value = Number(text.replace(',', '.'));
  return text.trim() !== '' && value >= 0 && value <= 100 ? value : undefined;
}

async function write(made: FinetuningFiles): Promise<void> {
  const { t } = vscode.l10n;
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: t('Folder of the Fine-Tuning Files'),
      openLabel: t('Export'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined) return;
  const files = made.files();
  if (!(await mayReplace(files, folder))) return;
  for (const { name, text } of files) {
    const target = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }
  const conversations = files.reduce((sum, { size }) => sum + size, 0);
  const told = tellWritten(conversations, made.sentenceCount, folder);
  const left = made.notes.map(({ message, count }) =>
    count === 1
      ? t('{0} (once)', say(message))
      : t('{0} ({1} times)', say(message), formatCount(count)),
  );
  void vscode.window.showInformationMessage([told, ...left].join(' '));
}

function tellWritten(conversations: number, sentences: number, folder: vscode.Uri): string {
  const { t } = vscode.l10n;
  const from = sentences === 1 ? t('1 sentence') : t('{0} sentences', formatCount(sentences));
  const name = vscode.workspace.asRelativePath(folder);
  return conversations === 1
    ? t('1 conversation from {0} was exported to “{1}”.', from, name)
    : t(
        '{0} conversations from {1} were exported to “{2}”.',
        formatCount(conversations),
        from,
        name,
      );
}

async function mayReplace(files: readonly FinetuningFile[], folder: vscode.Uri): Promise<boolean> {
  const { t } = vscode.l10n;
  const there = await vscode.workspace.fs.readDirectory(folder);
  const existing = files.filter(({ name }) => there.some(([known]) => known === name));
  if (existing.length === 0) return true;
  const replace = t('Replace');
  const answer = await vscode.window.showWarningMessage(
    t(
      'The folder already has {0}. They will be replaced.',
      existing.map(({ name }) => name).join(', '),
    ),
    { modal: true },
    replace,
  );
  return answer === replace;
}
