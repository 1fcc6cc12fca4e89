import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { activeDocument } from '../documents/sessions';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import {
  describeList,
  findListFiles,
  knownBuiltIns,
  knownFile,
  type KnownList,
} from '../labels/knownLists';
import type { LabelsInForce } from '../labels/labelsInForce';
import { useLabels } from '../labels/useLabels';
import type { Settings } from '../settings';

interface ListItem extends vscode.QuickPickItem {
  readonly list?: KnownList;
  readonly action?: 'new' | 'file';
}

/** How long the marked list must stay marked before it is shown, in milliseconds. */
const previewPause = 150;

/**
 * "Select Label List…": built-in lists and the workspace's taxonomy files. The list that is marked is
 * shown in the document at once, unless that takes requests to a language model; Escape brings the one
 * before back.
 */
export class SelectLabelsFeature extends Disposable {
  constructor(
    private readonly labels: LabelsInForce,
    private readonly access: EngineAccess,
    private readonly settings: Settings,
    private readonly failures: Failures,
  ) {
    super();
    this._register(vscode.commands.registerCommand('dynamicner.selectLabels', () => this.select()));
  }

  private async select(): Promise<void> {
    const document = activeDocument();
    try {
      const chosen = await this.pick(document);
      if (chosen?.action === 'new') {
        await vscode.commands.executeCommand('dynamicner.newLabels');
        return;
      }
      const list = chosen?.action === 'file' ? await askFile() : chosen?.list;
      if (list === undefined) return;
      // A file that is no list is named here, before a setting names it.
      await list.read();
      this.failures.forget();
      await useLabels(list, document, this.settings);
    } catch (error) {
      this.failures.show(error);
    } finally {
      if (document !== undefined) this.labels.preview(document.uri, undefined);
    }
  }

  private async pick(document: vscode.TextDocument | undefined): Promise<ListItem | undefined> {
    const { t } = vscode.l10n;
    const now = this.labels.choiceOf(document?.uri).key;
    const pick = vscode.window.createQuickPick<ListItem>();
    const preview = new ListPreview(document, this.labels, !this.access.asksModels);
    try {
      pick.title = t('Select Label List');
      pick.placeholder = t('What to look for');
      pick.matchOnDescription = true;
      pick.matchOnDetail = true;
      pick.items = await this.itemsFor(now);
      const active = pick.items.filter(({ list }) => list?.key === now);
      pick.activeItems = active;
      return await new Promise((resolve) => {
        pick.onDidChangeActive(([item]) => preview.show(item?.list));
        pick.onDidAccept(() => {
          resolve(pick.activeItems[0]);
          pick.hide();
        });
        pick.onDidHide(() => resolve(undefined));
        pick.show();
      });
    } finally {
      preview.dispose();
      pick.dispose();
    }
  }

  private async itemsFor(now: string): Promise<ListItem[]> {
    const { t } = vscode.l10n;
    const files = await findListFiles();
    const builtIns = await Promise.all(
      knownBuiltIns().map(async (list): Promise<ListItem> => ({
        ...itemOf(list, now),
        detail: describeList(await list.read()),
      })),
    );
    const separator = (label: string): ListItem => ({
      label,
      kind: vscode.QuickPickItemKind.Separator,
    });
    return [
      ...(files.length === 0 ? [] : [separator(t('In this workspace'))]),
      ...files.map((list) => itemOf(list, now)),
      separator(t('Built in')),
      ...builtIns,
      separator(t('Other')),
      { label: `$(add) ${t('New Label List…')}`, action: 'new' },
      { label: `$(folder-opened) ${t('Choose File…')}`, action: 'file' },
    ];
  }
}

function itemOf(list: KnownList, now: string): ListItem {
  return {
    label: list.key === now ? `$(check) ${list.title}` : list.title,
    ...(list.key === now ? { description: vscode.l10n.t('in use') } : {}),
    list,
  };
}

async function askFile(): Promise<KnownList | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Label List File'),
      openLabel: vscode.l10n.t('Use This List'),
    })) ?? [];
  return file === undefined ? undefined : knownFile(file);
}

/** Shows lists in a document, one after the other, without choosing any. */
class ListPreview extends Disposable {
  private wanted: KnownList | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly document: vscode.TextDocument | undefined,
    private readonly labels: LabelsInForce,
    private readonly isFree: boolean,
  ) {
    super();
    this._register({ dispose: () => clearTimeout(this.timer) });
  }

  show(list: KnownList | undefined): void {
    const { document, labels } = this;
    if (document === undefined || !this.isFree) return;
    clearTimeout(this.timer);
    this.wanted = list;
    this.timer = setTimeout(() => {
      if (list === undefined) return labels.preview(document.uri, undefined);
      // A file that cannot be read shows nothing else; choosing it says why.
      list.read().then(
        (read) => {
          if (this.wanted === list && !this.isDisposed) labels.preview(document.uri, read);
        },
        () => undefined,
      );
    }, previewPause);
  }
}
