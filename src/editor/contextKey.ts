import * as vscode from 'vscode';
import type { ContextKeys } from './contributions';

/** One context key of `when` clauses: typed, and sent to VS Code only when its value changes. */
export class ContextKey<K extends keyof ContextKeys> {
  private value: ContextKeys[K] | undefined;
  private applied: Thenable<unknown> = Promise.resolve();

  constructor(private readonly name: K) {}

  set(value: ContextKeys[K]): void {
    void this.apply(value);
  }

  /** The same; resolves when keys follow the value. */
  async apply(value: ContextKeys[K]): Promise<void> {
    if (value !== this.value) {
      this.value = value;
      this.applied = vscode.commands.executeCommand('setContext', this.name, value);
    }
    await this.applied;
  }
}
