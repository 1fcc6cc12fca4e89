import * as vscode from 'vscode';
import { AnswerFolder } from '../../engines/endpoint/answerStore';
import { hostOf, isLoopback } from '../../engines/endpoint/profile';
import { Questions } from '../../engines/endpoint/questions';
import { TurnsByEndpoint } from '../../engines/endpoint/turns';
import type { Worker } from '../../engines/settings';
import { Disposable } from '../disposable';
import type { Settings } from '../settings';
import { guarded, type Consent, type Receiver } from './consent';
import type { EndpointKeys } from './endpointKeys';
import { languageModelConcurrency, openLanguageModel } from './languageModel';
import { openEndpoint } from './openEndpoint';
import { Profiles } from './profiles';
import { testConnection, type ConnectionTest } from './testConnection';
import type { TraceChannel } from './traceChannel';

/** Who is asked: an endpoint, or a language model of VS Code. */
export type AskedWorker = Exclude<Worker, { readonly kind: 'encoder' }>;

/** What is known of a model before it is opened. */
export interface AskedModel extends Receiver {
  readonly name: string;
}

/** Tries of a request to one of VS Code's models, which retry by themselves. */
const languageModelTries = 2;

/** The models that settings name, each opened once for all runs; answers are kept for all of them. */
export class AskedModels extends Disposable {
  readonly answers: AnswerFolder;
  readonly profiles: Profiles;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Profiles or keys changed: what was opened before is of no use. */
  readonly onDidChange = this.changed.event;
  private readonly opened = new Map<string, Promise<Questions>>();
  private readonly turns = new TurnsByEndpoint();

  /** @param answerFolder Where answers are kept. */
  constructor(
    answerFolder: string,
    settings: Settings,
    private readonly keys: EndpointKeys,
    private readonly consent: Consent,
    private readonly trace: TraceChannel,
  ) {
    super();
    this.answers = new AnswerFolder(answerFolder);
    this.profiles = new Profiles(settings);
    this._register(settings.onDidChange(['endpoints'], () => this.renew()));
    this._register(keys.onDidChange(() => this.renew()));
    this._register({ dispose: () => this.close() });
  }

  /**
   * Asks the model of a worker.
   * @throws InputError when there is no such endpoint; EndpointError when VS Code has no such model.
   */
  questions(worker: AskedWorker): Promise<Questions> {
    const key = JSON.stringify(worker);
    const known = this.opened.get(key);
    if (known !== undefined) return known;
    const opening = this.open(worker);
    this.opened.set(key, opening);
    opening.catch(() => {
      if (this.opened.get(key) === opening) this.opened.delete(key);
    });
    return opening;
  }

  /** Who gets the text; what settings do not describe rightly is found out when it is opened. */
  describe(worker: AskedWorker): AskedModel {
    if (worker.kind === 'vscode') return { name: worker.id, host: 'VS Code', remote: true };
    const profile = this.profiles.find(worker.name);
    if (profile === undefined) return { name: worker.name, host: worker.name, remote: false };
    const { url, model } = profile;
    return { name: worker.model ?? model, host: hostOf(url), remote: !isLoopback(url) };
  }

  /** Asks the server of a profile for its models; undefined when that was cancelled. @throws InputError. */
  async test(name: string): Promise<ConnectionTest | undefined> {
    const profile = this.profiles.get(name);
    return testConnection(profile, await this.keys.get(name, profile.url));
  }

  private async open(worker: AskedWorker): Promise<Questions> {
    const shared = { store: this.answers, listener: this.trace.listener };
    if (worker.kind === 'vscode') {
      const model = await openLanguageModel(worker.id);
      return new Questions(guarded(model, this.consent), {
        ...shared,
        concurrency: languageModelConcurrency,
        retries: { tries: languageModelTries },
      });
    }
    const profile = this.profiles.get(worker.name);
    const key = await this.keys.get(worker.name, profile.url);
    const model = await openEndpoint({ ...profile, model: worker.model ?? profile.model }, key);
    return new Questions(guarded(model, this.consent), {
      ...shared,
      concurrency: profile.concurrency,
      turns: this.turns.of(worker.name, profile.concurrency),
      retries: { tries: profile.tries },
    });
  }

  private renew(): void {
    this.close();
    this.changed.fire();
  }

  private close(): void {
    for (const opening of this.opened.values()) {
      void opening.then((questions) => questions.dispose()).catch(() => undefined);
    }
    this.opened.clear();
    this.turns.clear();
  }
}
