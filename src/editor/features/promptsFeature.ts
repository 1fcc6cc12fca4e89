import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { cascadePrompts } from '../../engines/cascade/prompts';
import { promptProtocols } from '../../engines/prompts/protocols';
import { templateFile, type TemplateSet, type TemplateSpec } from '../../engines/templates';
import { Disposable } from '../disposable';
import { writeAtomically } from '../documents/atomicFile';
import type { EngineInForce } from '../engine/engineInForce';
import { protocolTitles } from '../engine/engineTitle';
import type { Failures } from '../failures';
import type { Settings } from '../settings';

interface PromptItem extends vscode.QuickPickItem {
  readonly file?: string;
  readonly template?: TemplateSpec;
  readonly isOwn?: boolean;
}

const sets: readonly TemplateSet[] = [
  cascadePrompts,
  ...Object.values(promptProtocols).map(({ templates }) => templates),
];

/** "Edit Prompts…": opens a prompt template of an engine as a file that takes the place of the built-in one. */
export class PromptsFeature extends Disposable {
  /** @param ownFolder Where templates are kept while the settings name no folder. */
  constructor(
    private readonly engine: EngineInForce,
    private readonly settings: Settings,
    private readonly ownFolder: string,
    failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.editPrompts', async () => {
        try {
          await this.edit();
        } catch (error) {
          failures.show(error);
        }
      }),
    );
  }

  private get folder(): string {
    return this.engine.inForce.prompts ?? this.ownFolder;
  }

  private async edit(): Promise<void> {
    const { t } = vscode.l10n;
    const chosen = await vscode.window.showQuickPick(await this.items(), {
      title: t('Edit Prompts'),
      placeHolder: t('The question whose text is changed'),
      matchOnDetail: true,
    });
    const { file, template, isOwn = false } = chosen ?? {};
    if (file === undefined || template === undefined) return;
    if (isOwn) {
      const edit = t('Edit');
      const restore = t('Restore Built-In Text');
      const action = await vscode.window.showQuickPick([edit, restore], {
        title: path.basename(file),
      });
      if (action === undefined) return;
      if (action === restore) {
        await this.restore(file);
        return;
      }
    } else {
      await writeAtomically(vscode.Uri.file(file), [new TextEncoder().encode(template.text)]);
    }
    if (this.engine.inForce.prompts === undefined) {
      await this.settings.set('engine', {
        ...this.settings.get('engine'),
        prompts: this.ownFolder,
      });
    }
    await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
  }

  /** Takes a user's text away, and the tabs that show it: saved again from there, it would be back in force. */
  private async restore(file: string): Promise<void> {
    const { tabGroups } = vscode.window;
    const tabs = tabGroups.all.flatMap((group) => group.tabs);
    const closed = await tabGroups.close(
      tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.fsPath === file),
    );
    if (!closed) return;
    await rm(file, { force: true });
    this.engine.reopen();
  }

  /** All templates by protocol, those of the engine in force first. */
  private async items(): Promise<PromptItem[]> {
    const { protocol: inForce } = this.engine.inForce;
    const ordered = [...sets].sort(
      (a, b) => Number(b.protocol === inForce) - Number(a.protocol === inForce),
    );
    const items: PromptItem[] = [];
    for (const { protocol, templates } of ordered) {
      items.push({ label: titleOf(protocol), kind: vscode.QuickPickItemKind.Separator });
      for (const [name, template] of Object.entries(templates)) {
        items.push(await this.item(protocol, name, template));
      }
    }
    return items;
  }

  private async item(protocol: string, name: string, template: TemplateSpec): Promise<PromptItem> {
    const { t } = vscode.l10n;
    const file = templateFile(this.folder, protocol, name);
    const isOwn = await exists(file);
    const holes = [...template.needs, ...(template.may ?? [])].map((hole) => `{${hole}}`);
    return {
      label: `${protocol}/${path.basename(file, '.txt')}`,
      description: [
        ...(isOwn ? [t('changed')] : []),
        ...(holes.length === 0 ? [] : [t('holes: {0}', holes.join(' '))]),
      ].join(' · '),
      detail: template.text.replace(/\s+/gu, ' ').trim(),
      file,
      template,
      isOwn,
    };
  }
}

function titleOf(protocol: string): string {
  return protocol in protocolTitles
    ? protocolTitles[protocol as keyof typeof protocolTitles]
    : vscode.l10n.t('Cascade');
}

async function exists(file: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.file(file));
    return true;
  } catch {
    return false;
  }
}
