import type * as vscode from 'vscode';

/** One value kept across reloads in a memento: typed, and checked when it is read. */
export class StoredValue<T> {
  /** @param read Returns the stored value if it is one, else undefined: an older version may have written anything. */
  constructor(
    private readonly memento: vscode.Memento,
    private readonly key: string,
    private readonly read: (stored: unknown) => T | undefined,
  ) {}

  get(): T | undefined {
    return this.read(this.memento.get<unknown>(this.key));
  }

  /** Keeps `value`; undefined forgets it. */
  async set(value: T | undefined): Promise<void> {
    await this.memento.update(this.key, value);
  }
}
