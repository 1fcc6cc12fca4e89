/** What can be disposed of: of VS Code's shape, without needing VS Code. */
export interface Disposes {
  dispose(): unknown;
}

/**
 * Base of everything that holds listeners or other resources: they are registered where they are
 * made, and go with it. Registering after `dispose` disposes at once, so late answers leak nothing.
 */
export abstract class Disposable implements Disposes {
  private readonly held = new Set<Disposes>();
  private gone = false;

  protected get isDisposed(): boolean {
    return this.gone;
  }

  protected _register<T extends Disposes>(part: T): T {
    if (this.gone) part.dispose();
    else this.held.add(part);
    return part;
  }

  /** Disposes of a part registered before, now instead of later. */
  protected _release(part: Disposes): void {
    if (this.held.delete(part)) part.dispose();
  }

  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    for (const part of [...this.held].reverse()) part.dispose();
    this.held.clear();
  }
}
