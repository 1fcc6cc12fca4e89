import * as vscode from 'vscode';
import type { ViewState } from '../contract';
import { levelNames } from '../contributions';
import { Disposable } from '../disposable';
import type { Settings } from '../settings';
import type { StoredValue } from '../storedValue';

/**
 * Level and threshold in force. Choosing one in the editor holds for the workspace and leaves the
 * settings alone; a change of the setting afterwards takes over again.
 */
export class ShownView extends Disposable implements ViewState {
  private wantedLevel = 0;
  private askedThreshold: number | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly settings: Settings,
    private readonly chosenLevel: StoredValue<number>,
    private readonly chosenThreshold: StoredValue<number>,
    private readonly depth: () => number,
    private readonly ownThreshold: () => number | undefined,
  ) {
    super();
    this.read();
    this._register(settings.onDidChange(['level'], () => void this.choose(chosenLevel, undefined)));
    this._register(
      settings.onDidChange(['threshold'], () => void this.choose(chosenThreshold, undefined)),
    );
  }

  get level(): number {
    return Math.min(this.wantedLevel, Math.max(this.depth() - 1, 0));
  }

  /** Least probability that was asked for; undefined for the model's own. */
  get wantedThreshold(): number | undefined {
    return this.askedThreshold;
  }

  /** Takes the values that hold now: they are looked at for every entity. */
  private read(): void {
    this.wantedLevel = this.chosenLevel.get() ?? levelNames.indexOf(this.settings.get('level'));
    this.askedThreshold = this.chosenThreshold.get() ?? this.settings.get('threshold') ?? undefined;
  }

  get threshold(): number {
    return this.askedThreshold ?? this.ownThreshold() ?? 0;
  }

  /** Least probability of suggestions that are shown; the model has applied its own already. */
  get leastShown(): number {
    return this.askedThreshold ?? 0;
  }

  setLevel(level: number): Promise<void> {
    return this.choose(this.chosenLevel, level);
  }

  setThreshold(threshold: number): Promise<void> {
    return this.choose(this.chosenThreshold, threshold);
  }

  /** Goes back to the threshold of the settings, or the model's own. */
  resetThreshold(): Promise<void> {
    return this.choose(this.chosenThreshold, undefined);
  }

  private async choose(stored: StoredValue<number>, value: number | undefined): Promise<void> {
    if (stored.get() === value && value !== undefined) return;
    await stored.set(value);
    this.read();
    this.changed.fire();
  }
}
