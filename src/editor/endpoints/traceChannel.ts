import * as vscode from 'vscode';
import { describeEvent, type EndpointListener } from '../../engines/endpoint/events';
import { Disposable } from '../disposable';
import type { Settings } from '../settings';

/** The output channel “DynamicNER Endpoint”: each exchange, while the setting says so. No event has a key in it. */
export class TraceChannel extends Disposable {
  private channel: vscode.OutputChannel | undefined;
  private isOn: boolean;

  constructor(settings: Settings) {
    super();
    this.isOn = settings.get('endpoint.trace');
    this._register(
      settings.onDidChange(['endpoint.trace'], () => (this.isOn = settings.get('endpoint.trace'))),
    );
  }

  readonly listener: EndpointListener = (event) => {
    if (!this.isOn) return;
    this.channel ??= this._register(vscode.window.createOutputChannel('DynamicNER Endpoint'));
    this.channel.appendLine(`${new Date().toISOString()} ${describeEvent(event)}`);
  };
}
