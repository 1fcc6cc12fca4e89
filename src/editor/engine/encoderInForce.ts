import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { AdapterSet } from '../../core/learning/adapterSet';
import type { OutdatedPack } from '../../core/learning/outdated';
import type { Engine } from '../../engines/engine';
import { HostClient } from '../../host/client';
import { HostEngine } from '../../host/hostEngine';
import type { LoadedModel, SegmentParams, SegmentResult } from '../../host/protocol';
import type { EngineStatus } from '../contract';
import { Disposable } from '../disposable';
import type { Settings } from '../settings';
import { sayError } from '../wording';
import { folderNamed, packsIn } from './modelFolder';

/** A model in its process. */
interface Opened {
  readonly client: HostClient;
  readonly engine: Engine;
}

/** Something learned that is not used, since the model has another version. */
export interface OutdatedLearning {
  readonly learned: AdapterSet;
  readonly packs: readonly OutdatedPack[];
}

/**
 * The encoder in its own process, with the model that the settings name. A model that cannot be used
 * is named, and the bundled one works in its place.
 */
export class EncoderInForce extends Disposable {
  private status: EngineStatus;
  private opening: Promise<Opened> | undefined;
  private client: HostClient | undefined;
  private model: LoadedModel | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<EngineStatus>());
  readonly onDidChange = this.changed.event;
  private readonly changedModel = this._register(new vscode.EventEmitter<void>());
  readonly onDidChangeModel = this.changedModel.event;
  private readonly metOutdated = this._register(new vscode.EventEmitter<OutdatedLearning>());
  readonly onDidMeetOutdated = this.metOutdated.event;

  /**
   * @param bundled Folder of the pack that ships with the extension, or of several packs.
   * @param labelCache Folder for the vectors of labels, so that they are there when a process starts.
   * @param onUnusable Told why the chosen model cannot be used, when the bundled one takes its place.
   */
  constructor(
    private readonly script: string,
    readonly bundled: string,
    private readonly labelCache: string,
    private readonly settings: Settings,
    private readonly log: vscode.LogOutputChannel,
    private readonly onUnusable: (error: unknown) => void,
  ) {
    super();
    this.status = {
      engine: vscode.l10n.t('Encoder'),
      model: this.nameOf(this.folder),
      remote: false,
      state: 'off',
    };
    this._register(
      settings.onDidChange(['model', 'encoder.threads', 'encoder.idleMinutes'], () => this.renew()),
    );
    this._register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.renew()));
    this._register({ dispose: () => void this.close() });
  }

  get current(): EngineStatus {
    return this.status;
  }

  /** The folder that the settings name, else that of the bundled model. */
  get folder(): string {
    const base = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
    return folderNamed(this.settings.get('model'), this.bundled, base);
  }

  /** How a folder is called before its model is loaded. */
  private nameOf(folder: string): string {
    const isChoice = folder === this.bundled && packsIn(folder).length > 0;
    return isChoice ? vscode.l10n.t('by language') : path.basename(folder);
  }

  /** The loaded model's own least probabilities; undefined until one is loaded. */
  get thresholds(): LoadedModel['thresholds'] | undefined {
    return this.model?.thresholds;
  }

  async engine(): Promise<Engine> {
    return (await this.open()).engine;
  }

  segment(params: SegmentParams): Promise<SegmentResult> {
    return (this.client ??= this.start(this.folder)).segment(params);
  }

  /**
   * Loads the model of a folder once, to see whether it can be used.
   * @throws ModelError or HostError that says what is wrong.
   */
  async check(folder: string): Promise<LoadedModel> {
    const client = this.start(folder);
    try {
      return await client.load();
    } finally {
      await client.dispose();
    }
  }

  /** Ends the process; resolves once it is gone. */
  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.opening = undefined;
    this.model = undefined;
    await client?.dispose();
  }

  private renew(): void {
    void this.close();
    this.tell({ state: 'off', model: this.nameOf(this.folder) });
    this.changedModel.fire();
  }

  private open(): Promise<Opened> {
    if (this.opening === undefined) {
      const opening = this.load();
      this.opening = opening;
      opening.catch(() => {
        if (this.opening === opening) this.opening = undefined;
      });
    }
    return this.opening;
  }

  private async load(): Promise<Opened> {
    const { folder } = this;
    this.tell({ state: 'starting', model: this.nameOf(folder) });
    try {
      return await this.loadFrom(folder);
    } catch (error) {
      if (folder === this.bundled) {
        this.tell({ state: 'failed', problem: sayError(error) });
        throw error;
      }
      this.onUnusable(error);
      try {
        return await this.loadFrom(this.bundled, sayError(error));
      } catch (second) {
        this.tell({ state: 'failed', problem: sayError(second) });
        throw second;
      }
    }
  }

  private async loadFrom(folder: string, problem?: string): Promise<Opened> {
    const began = performance.now();
    const client = this.client ?? this.start(folder);
    this.client = client;
    try {
      const model = await client.load();
      const engine = new HostEngine(client, model, (learned, packs) =>
        this.metOutdated.fire({ learned, packs }),
      );
      this.model = model;
      this.log.info(
        `${model.name} ${model.version} (${model.kind}, ${model.runtime}) loaded from ${folder} in ${Math.round(performance.now() - began)} ms`,
      );
      this.tell({ state: 'ready', model: model.name }, problem);
      return { client, engine };
    } catch (error) {
      if (this.client === client) this.client = undefined;
      await client.dispose();
      throw error;
    }
  }

  private start(folder: string): HostClient {
    const threads = this.settings.get('encoder.threads');
    return new HostClient({
      script: this.script,
      idleSeconds: this.settings.get('encoder.idleMinutes') * 60,
      log: (line) => this.log.info(line),
      model: { folder, labelCache: this.labelCache, ...(threads === null ? {} : { threads }) },
    });
  }

  private tell(change: Partial<EngineStatus>, problem = change.problem): void {
    this.status = {
      ...withoutProblem(this.status),
      ...change,
      ...(problem === undefined ? {} : { problem }),
    };
    this.changed.fire(this.status);
  }
}

function withoutProblem({ problem: _problem, ...status }: EngineStatus): EngineStatus {
  return status;
}
