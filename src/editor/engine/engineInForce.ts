import path from 'node:path';
import * as vscode from 'vscode';
import { homedir } from 'node:os';
import { openEngine, type EngineParts } from '../../engines/combine/openEngine';
import { SentenceVectors } from '../../engines/demonstrations';
import type { QuestionStatistics } from '../../engines/endpoint/events';
import { RunAccount } from '../../engines/endpoint/runAccount';
import type { Engine } from '../../engines/engine';
import { engineSettingsSchema, type EngineSettings } from '../../engines/settings';
import type { SegmentParams, SegmentResult } from '../../host/protocol';
import type { EngineStatus } from '../contract';
import { Disposable } from '../disposable';
import type { AskedModels } from '../endpoints/askedModels';
import { ConsentError, type Consent } from '../endpoints/consent';
import type { Settings } from '../settings';
import { sayError } from '../wording';
import type { EncoderInForce } from './encoderInForce';
import type { EngineAccess, Work } from './engineAccess';
import { askedWorkers, engineTitle, showsAnnotations, usesEncoder } from './engineTitle';
import { lend } from './lentEngine';
import { confirmRun } from './runConfirmation';
import { RunEngine } from './runEngine';
import { describeSpent } from './spentText';

type Demonstrations = EngineParts['demonstrations'];

/** The engine that the settings describe: the encoder alone, or one that asks language models. */
export class EngineInForce extends Disposable implements EngineAccess {
  private wanted: EngineSettings;
  private opening: Promise<Engine> | undefined;
  private problem: string | undefined;
  private spent: QuestionStatistics | undefined;
  private vectors = new SentenceVectors();
  private readonly changed = this._register(new vscode.EventEmitter<EngineStatus>());
  readonly onDidChange = this.changed.event;
  private readonly changedModel = this._register(new vscode.EventEmitter<void>());
  readonly onDidChangeModel = this.changedModel.event;

  constructor(
    private readonly encoder: EncoderInForce,
    private readonly models: AskedModels,
    private readonly consent: Consent,
    private readonly settings: Settings,
    private readonly demonstrations: Demonstrations,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.wanted = this.read();
    this._register(settings.onDidChange(['engine'], () => this.follow()));
    this._register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.follow()));
    this._register(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        const { prompts } = this.wanted;
        // A prompt template is checked anew, and asked with, from the next run on.
        if (prompts !== undefined && uri.fsPath.startsWith(prompts + path.sep)) this.reopen();
      }),
    );
    this._register(
      models.onDidChange(() => {
        if (this.asksModels) this.reopen();
      }),
    );
    this._register(encoder.onDidChange(() => this.changed.fire(this.current)));
    this._register(
      encoder.onDidChangeModel(() => {
        this.vectors = new SentenceVectors();
        if (usesEncoder(this.wanted)) this.renew();
      }),
    );
  }

  get current(): EngineStatus {
    if (!this.asksModels) return this.encoder.current;
    const asked = askedWorkers(this.wanted).map((worker) => this.models.describe(worker));
    const names = asked.map(({ name, host }) => `${name}, ${host}`);
    const { problem, spent } = this;
    return {
      engine: engineTitle(this.wanted),
      model: [...(usesEncoder(this.wanted) ? [this.encoder.current.model] : []), ...names].join(
        ' + ',
      ),
      remote: asked.some(({ remote }) => remote),
      state: problem === undefined ? 'ready' : 'failed',
      ...(problem === undefined ? {} : { problem }),
      ...(spent === undefined ? {} : { spent: describeSpent(spent) }),
    };
  }

  get asksModels(): boolean {
    return askedWorkers(this.wanted).length > 0;
  }

  /** The settings in force, everything that they leave out filled in. */
  get inForce(): EngineSettings {
    return this.wanted;
  }

  /** What the last run spent; undefined where the engine asks nobody, or no run was made. */
  get lastSpent(): QuestionStatistics | undefined {
    return this.spent;
  }

  /** Least probabilities of the encoder; an engine that asks a model has none of its own. */
  get thresholds(): EncoderInForce['thresholds'] {
    return this.asksModels ? undefined : this.encoder.thresholds;
  }

  engine(): Promise<Engine> {
    if (!this.asksModels) return this.encoder.engine();
    if (this.opening === undefined) {
      const opening = this.open();
      this.opening = opening;
      opening.catch((error: unknown) => {
        if (this.opening !== opening) return;
        this.opening = undefined;
        this.fail(error);
      });
    }
    return this.opening;
  }

  async begin(work: Work): Promise<Engine> {
    // What was accepted since the last run may be the best example of this one.
    if (showsAnnotations(this.wanted)) this.opening = undefined;
    const engine = await this.engine();
    const settings = this.wanted;
    if (!this.asksModels) return engine;
    const askers = await Promise.all(
      askedWorkers(settings).map((worker) => this.models.questions(worker)),
    );
    try {
      for (const { model } of askers) {
        if (work.isBackground === true) this.consent.require(model);
        else await this.consent.ask(model);
      }
    } catch (error) {
      if (error instanceof ConsentError) this.fail(error);
      throw error;
    }
    const hosts = [...new Set(askers.map(({ model }) => model.host))];
    await confirmRun(settings, work, await work.measure(), hosts);
    this.forgetProblem();
    return new RunEngine(engine, new RunAccount(settings.budget), {
      onSpent: (spent) => this.note(spent),
      onFailed: (error) => this.fail(error),
    });
  }

  /** What was wrong may be mended: the next run finds out. */
  forgetProblem(): void {
    if (this.problem === undefined) return;
    this.problem = undefined;
    this.changed.fire(this.current);
  }

  segment(params: SegmentParams): Promise<SegmentResult> {
    return this.encoder.segment(params);
  }

  private async open(): Promise<Engine> {
    const settings = this.wanted;
    const { vectors } = this;
    const encoder = usesEncoder(settings) ? lend(await this.encoder.engine()) : undefined;
    return openEngine(settings, {
      encoder: async () => encoder ?? lend(await this.encoder.engine()),
      questions: (worker) => this.models.questions(worker),
      demonstrations: this.demonstrations,
      ...(encoder?.embed === undefined ? {} : { embed: vectors.by(encoder.embed.bind(encoder)) }),
    });
  }

  /** Takes the settings that hold now; writing the same again is no change. */
  private follow(): void {
    const before = JSON.stringify(this.wanted);
    this.wanted = this.read();
    if (JSON.stringify(this.wanted) === before) return;
    this.spent = undefined;
    this.renew();
  }

  private renew(): void {
    this.reopen();
    this.changedModel.fire();
  }

  /** Puts the engine together anew when it is next needed: what it was made of has changed. */
  reopen(): void {
    this.opening = undefined;
    this.problem = undefined;
    this.changed.fire(this.current);
  }

  private read(): EngineSettings {
    const settings = engineSettingsSchema.parse(this.settings.get('engine'));
    const { prompts } = settings;
    if (prompts === undefined) return settings;
    const base = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
    return {
      ...settings,
      prompts: path.resolve(base, prompts.replace(/^~(?=[/\\]|$)/u, homedir())),
    };
  }

  private note(spent: QuestionStatistics): void {
    this.spent = spent;
    this.log.info(`asked: ${JSON.stringify(spent)}`);
    this.changed.fire(this.current);
  }

  private fail(error: unknown): void {
    this.problem = sayError(error);
    this.changed.fire(this.current);
  }
}
