import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { DatasetEditor, Editor } from './editor';
import type { EditorParts } from './editor/contract';
import { datasetEditor, labelEditorType, labelPanelType } from './editor/contributions';

/** What `activate` gives to other extensions and to tests. */
export interface ExtensionApi {
  /** The parts of the extension, loaded if they are not yet. */
  parts(): Promise<EditorParts>;
  /** Whether anything beyond this entry has been loaded. */
  readonly loaded: boolean;
  /** What `activate` took, in milliseconds. */
  readonly activationMilliseconds: number;
  /** The window as this extension sees it: every extension has one of its own, and a test answers its questions. */
  readonly window: typeof vscode.window;
}

let editor: LazyEditor | undefined;

/**
 * Registers a stand-in for every command and for the views, and nothing else: the first use of one
 * of them loads the rest, which then takes the stand-ins' place.
 */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const started = performance.now();
  const lazy = new LazyEditor(context);
  editor = lazy;
  if (isNeededAtStart(context)) void lazy.load();
  else lazy.loadWithAnnotations();
  // Taxonomy files are checked as soon as they are open.
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isTaxonomyFile(document)) void lazy.load();
    }),
  );
  const activationMilliseconds = performance.now() - started;
  lazy.activationMilliseconds = activationMilliseconds;
  return {
    parts: async () => (await lazy.load()).parts,
    get loaded() {
      return lazy.isLoaded;
    },
    activationMilliseconds,
    window: vscode.window,
  };
}

/** Waits until what humans did is on disk. */
export async function deactivate(): Promise<void> {
  await editor?.close();
}

function isTaxonomyFile({ uri }: vscode.TextDocument): boolean {
  return uri.path.endsWith('.taxonomy.json');
}

/** People's annotations are shown without being asked for, and so is what is extracted automatically. */
function isNeededAtStart(context: vscode.ExtensionContext): boolean {
  if (vscode.workspace.textDocuments.some(isTaxonomyFile)) return true;
  const storage = context.storageUri ?? context.globalStorageUri;
  if (existsSync(path.join(storage.fsPath, 'annotations'))) return true;
  const folder = vscode.workspace.getConfiguration('dynamicner').get('annotations.folder');
  if (folder !== 'beside' && folder !== 'storage') return true;
  const automatic = vscode.workspace
    .getConfiguration('dynamicner')
    .inspect<boolean>('extract.automatic');
  return (
    (automatic?.globalValue ?? automatic?.workspaceValue ?? automatic?.workspaceFolderValue) ===
      true || (automatic?.languageIds ?? []).length > 0
  );
}

/** A document's annotations of people are shown without being asked for. */
function hasAnnotationsBeside(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && existsSync(`${uri.fsPath}.entities.jsonl`);
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly languageModelTools: readonly { readonly name: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

class LazyEditor {
  activationMilliseconds = 0;
  private loading: Promise<Editor> | undefined;
  private readonly commandStandIns: vscode.Disposable[] = [];
  private readonly viewStandIns: vscode.Disposable[] = [];
  private noticing: vscode.Disposable | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.standIn();
    this.registerTools();
    this.registerLabelEditor();
    this.registerDatasetEditor();
    this.loadForDatasets();
    context.subscriptions.push({ dispose: () => this.removeCommandStandIns() });
  }

  get isLoaded(): boolean {
    return this.loading !== undefined;
  }

  load(): Promise<Editor> {
    this.loading ??= this.start().catch((error: unknown) => {
      this.loading = undefined;
      // They are there still when the rest could not even be read.
      if (this.commandStandIns.length === 0) this.standIn();
      throw error;
    });
    return this.loading;
  }

  /** Loads the rest once a document is shown that has annotations beside it. */
  loadWithAnnotations(): void {
    const look = (editors: readonly vscode.TextEditor[]): void => {
      if (editors.some(({ document }) => hasAnnotationsBeside(document.uri))) void this.load();
    };
    this.noticing = vscode.window.onDidChangeVisibleTextEditors(look);
    this.context.subscriptions.push(this.noticing);
    look(vscode.window.visibleTextEditors);
  }

  async close(): Promise<void> {
    await (await this.loading)?.close();
  }

  /** There may be one for a type of editor only, so this one stays, and hands everything on. */
  private registerDatasetEditor(): void {
    const changed = new vscode.EventEmitter<vscode.CustomDocumentEditEvent>();
    let attached: vscode.Disposable | undefined;
    const provider = async (): Promise<DatasetEditor> => {
      const { datasets } = await this.load();
      attached ??= datasets.onDidChangeCustomDocument((event) => changed.fire(event));
      return datasets;
    };
    const editor: vscode.CustomEditorProvider = {
      onDidChangeCustomDocument: changed.event,
      openCustomDocument: async (...args) => (await provider()).openCustomDocument(...args),
      resolveCustomEditor: async (...args) => (await provider()).resolveCustomEditor(...args),
      saveCustomDocument: async (...args) => (await provider()).saveCustomDocument(...args),
      saveCustomDocumentAs: async (...args) => (await provider()).saveCustomDocumentAs(...args),
      revertCustomDocument: async (...args) => (await provider()).revertCustomDocument(...args),
      backupCustomDocument: async (...args) => (await provider()).backupCustomDocument(...args),
    };
    this.context.subscriptions.push(
      changed,
      { dispose: () => void attached?.dispose() },
      vscode.window.registerCustomEditorProvider(datasetEditor.viewType, editor, {
        webviewOptions: { retainContextWhenHidden: true },
        supportsMultipleEditorsPerDocument: false,
      }),
    );
  }

  /** The button "Open as Data Set" needs the formats: they are loaded with the first file that looks like one. */
  private loadForDatasets(): void {
    const look = (editor: vscode.TextEditor | undefined): void => {
      if (editor === undefined || !looksLikeDataset(editor.document)) return;
      listening.dispose();
      void this.load();
    };
    const listening = vscode.window.onDidChangeActiveTextEditor(look);
    this.context.subscriptions.push(listening);
    look(vscode.window.activeTextEditor);
  }

  private async start(): Promise<Editor> {
    this.noticing?.dispose();
    const { createEditor } = await import('./editor');
    await this.removeViewStandIns();
    this.removeCommandStandIns();
    return createEditor(this.context, { activationMilliseconds: this.activationMilliseconds });
  }

  private standIn(): void {
    const { commands, views } = (this.context.extension.packageJSON as Manifest).contributes;
    for (const { command } of commands) {
      this.commandStandIns.push(
        vscode.commands.registerCommand(command, async (...args: unknown[]) => {
          await this.load();
          return vscode.commands.executeCommand(command, ...args);
        }),
      );
    }
    for (const { id } of Object.values(views).flat()) {
      const treeDataProvider: vscode.TreeDataProvider<never> = {
        getChildren: async () => {
          await this.load();
          return [];
        },
        getTreeItem: (element) => element,
      };
      this.viewStandIns.push(vscode.window.createTreeView(id, { treeDataProvider }));
    }
  }

  /** Language models may call a tool at any time: the first call loads the rest. */
  private registerTools(): void {
    const { languageModelTools } = (this.context.extension.packageJSON as Manifest).contributes;
    for (const { name } of languageModelTools) {
      const tool = async (): Promise<vscode.LanguageModelTool<unknown>> => {
        const { [name]: found } = (await this.load()).tools;
        if (found === undefined) throw new RangeError(`There is no tool “${name}”.`);
        return found;
      };
      this.context.subscriptions.push(
        vscode.lm.registerTool<unknown>(name, {
          prepareInvocation: async (...args) => (await tool()).prepareInvocation?.(...args),
          invoke: async (...args) => (await tool()).invoke(...args),
        }),
      );
    }
  }

  /** Pages of the label editor that VS Code opens, or brings back after a restart, load the rest. */
  private registerLabelEditor(): void {
    this.context.subscriptions.push(
      vscode.window.registerCustomEditorProvider(labelEditorType, {
        resolveCustomTextEditor: async (document, panel) => {
          (await this.load()).labelEditors.resolveCustomTextEditor(document, panel);
        },
      }),
      vscode.window.registerWebviewPanelSerializer(labelPanelType, {
        deserializeWebviewPanel: async (panel) => {
          (await this.load()).labelEditors.restorePanel(panel);
        },
      }),
    );
  }

  /**
   * A view goes some time after `dispose` returns, and takes another one of its id with it; what
   * `dispose` returns, though not typed so, is a promise that tells when it is gone.
   */
  private async removeViewStandIns(): Promise<void> {
    const views = this.viewStandIns.splice(0);
    await Promise.all(views.map((view) => view.dispose() as unknown));
  }

  private removeCommandStandIns(): void {
    for (const standIn of this.commandStandIns.splice(0)) standIn.dispose();
  }
}

/** Cheap, and rather too often true than not: what a document really is the formats say. */
function looksLikeDataset(document: vscode.TextDocument): boolean {
  const { path: name } = document.uri;
  if (/\.(?:jsonl|ndjson|conllu?|bio|iob|bioes|bilou)$/iu.test(name)) return true;
  if (!/\.(?:json|txt|tsv|csv)$/iu.test(name)) return false;
  const head = document.getText(new vscode.Range(0, 0, 20, 0)).slice(0, 2000);
  return /"(?:sentence|text|tokenized_text|entities|conversations|data)"\s*:|[ \t][BIESLU]-\S|[ \t]O$|^id,text,/mu.test(
    head,
  );
}
