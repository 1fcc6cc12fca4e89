import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import { Disposable } from '../disposable';
import type { AskedModels } from '../endpoints/askedModels';
import type { Consent } from '../endpoints/consent';
import type { EndpointKeys } from '../endpoints/endpointKeys';
import { EndpointSetUp } from '../endpoints/setUpEndpoint';
import type { EngineInForce } from '../engine/engineInForce';
import { askedWorkers } from '../engine/engineTitle';
import { isAbort, type Failures } from '../failures';

/** Endpoints, their keys, the user's consent and the answers that are kept. */
export class EndpointFeature extends Disposable {
  private readonly setUp: EndpointSetUp;

  constructor(
    private readonly models: AskedModels,
    private readonly keys: EndpointKeys,
    private readonly consent: Consent,
    private readonly engine: EngineInForce,
    private readonly failures: Failures,
  ) {
    super();
    this.setUp = new EndpointSetUp(models.profiles, keys);
    const register = (id: CommandId, run: (argument: unknown) => Promise<unknown>): void => {
      this._register(
        vscode.commands.registerCommand(id, (argument: unknown) => this.attempt(run, argument)),
      );
    };
    register('dynamicner.setUpEndpoint', (caller) => this.runSetUp(caller !== undefined));
    register('dynamicner.forgetKey', () => this.forgetKey());
    register('dynamicner.allowSending', () => this.allowSending());
    register('dynamicner.clearAnswers', () => this.clearAnswers());
  }

  /** Returns what a command returns; what goes wrong is shown, leaving a question open is nothing wrong. */
  private async attempt(
    run: (argument: unknown) => Promise<unknown>,
    argument: unknown,
  ): Promise<unknown> {
    try {
      return await run(argument);
    } catch (error) {
      if (!isAbort(error)) this.failures.show(error);
      return undefined;
    }
  }

  /**
   * Returns the endpoint's name, for “Select Engine…”.
   * @param isForEngine Whether an engine is being selected: then there is no need to offer it.
   */
  private async runSetUp(isForEngine: boolean): Promise<string | undefined> {
    this.failures.forget();
    const name = await this.setUp.run();
    if (name === undefined) return undefined;
    const { t } = vscode.l10n;
    const isUsed = askedWorkers(this.engine.inForce).some(
      (worker) => worker.kind === 'endpoint' && worker.name === name,
    );
    if (isUsed || isForEngine) return name;
    const select = t('Select Engine…');
    void vscode.window
      .showInformationMessage(t('The endpoint “{0}” is set up.', name), select)
      .then((answer) => {
        if (answer === select) void vscode.commands.executeCommand('dynamicner.selectEngine', name);
      });
    return name;
  }

  private async forgetKey(): Promise<void> {
    const { t } = vscode.l10n;
    const { names } = this.models.profiles;
    const kept = await Promise.all(names.map((name) => this.keys.has(name)));
    const withKey = names.filter((_, index) => kept[index]);
    if (withKey.length === 0) {
      void vscode.window.showInformationMessage(t('No key of an endpoint is kept.'));
      return;
    }
    const name = await vscode.window.showQuickPick(withKey, {
      title: t('Forget Key'),
      placeHolder: t('The endpoint whose key is forgotten'),
    });
    if (name !== undefined) await this.setUp.forgetKey(name);
  }

  /** Asks anew whether text may be sent to whom the engine in force asks. */
  private async allowSending(): Promise<void> {
    const { t } = vscode.l10n;
    const asked = await Promise.all(
      askedWorkers(this.engine.inForce).map((worker) => this.models.questions(worker)),
    );
    const hosts = new Set(
      asked.flatMap(({ model }) => (model.remote ? [model.host] : [])).concat(this.consent.hosts),
    );
    const [only] = hosts;
    if (only === undefined) {
      void vscode.window.showInformationMessage(
        t('The engine in force sends no text away from this machine.'),
      );
      return;
    }
    const host =
      hosts.size === 1
        ? only
        : await vscode.window.showQuickPick([...hosts], {
            title: t('Allow Sending Text'),
            placeHolder: t('The host to decide about'),
          });
    if (host === undefined) return;
    await this.consent.put(host);
    this.failures.forget();
    this.engine.forgetProblem();
  }

  private async clearAnswers(): Promise<void> {
    await this.models.answers.clear();
    void vscode.window.showInformationMessage(vscode.l10n.t('The cached answers were cleared.'));
  }
}
