import * as vscode from 'vscode';
import { EndpointError } from '../engines/endpoint/errors';
import { HostError } from '../host/errors';
import { ModelError } from '../engines/errors';
import type { CommandId } from './contributions';
import { ConsentError } from './endpoints/consent';
import { sayError } from './wording';

/** Whether something ended because it was asked to. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');
}

/** Tells the user what went wrong, once, with the command that mends it; the log gets the details. */
export class Failures {
  private readonly told = new Set<string>();

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Shows an error that stopped what the user asked for; being stopped by the user is none. */
  show(error: unknown): void {
    if (isAbort(error)) return;
    this.log.error(error instanceof Error ? error : String(error));
    void this.offer('error', sayError(error), mendsOf(error));
  }

  /** The same, but one message only until `forget`: for work that nobody waits for. */
  showOnce(error: unknown): void {
    if (isAbort(error)) return;
    this.log.error(error instanceof Error ? error : String(error));
    this.warnOnce(sayError(error), mendsOf(error));
  }

  warnOnce(message: string, mends: readonly CommandId[] = ['dynamicner.showLog']): void {
    if (this.told.has(message)) return;
    this.told.add(message);
    this.log.warn(message);
    void this.offer('warning', message, mends);
  }

  /** A message told once may be told again: something has changed that could have mended it. */
  forget(): void {
    this.told.clear();
  }

  private async offer(
    kind: 'error' | 'warning',
    message: string,
    mends: readonly CommandId[],
  ): Promise<void> {
    const show =
      kind === 'error' ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
    const buttons = mends.map((command) => ({ title: titleOf(command), command }));
    const chosen = await show(message, ...buttons);
    if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
  }
}

function mendsOf(error: unknown): readonly CommandId[] {
  if (error instanceof ModelError) return ['dynamicner.selectModel', 'dynamicner.showLog'];
  if (error instanceof ConsentError) return ['dynamicner.allowSending', 'dynamicner.selectEngine'];
  if (error instanceof EndpointError)
    return ['dynamicner.setUpEndpoint', 'dynamicner.selectEngine'];
  if (error instanceof HostError) return ['dynamicner.showLog'];
  return [];
}

function titleOf(command: CommandId): string {
  const { t } = vscode.l10n;
  switch (command) {
    case 'dynamicner.selectModel':
      return t('Select Model…');
    case 'dynamicner.selectEngine':
      return t('Select Engine…');
    case 'dynamicner.setUpEndpoint':
      return t('Set Up Endpoint…');
    case 'dynamicner.allowSending':
      return t('Allow Sending Text…');
    default:
      return t('Show Log');
  }
}
