/** Where a document stands among its steps, and whether that is what was saved. */
export class EditHistory {
  private readonly steps: number[] = [];
  private position = 0;
  private serial = 0;
  private saved: number | undefined = 0;

  /** @param isSaved False for what was restored from a backup: it never was. */
  constructor(isSaved: boolean) {
    if (!isSaved) this.saved = undefined;
  }

  get isDirty(): boolean {
    return this.current !== this.saved;
  }

  /** Steps from here to what was saved, below 0 for undo; undefined where it cannot be reached. */
  get stepsToSaved(): number | undefined {
    if (this.saved === undefined) return undefined;
    if (this.saved === 0) return -this.position;
    const at = this.steps.indexOf(this.saved);
    return at < 0 ? undefined : at + 1 - this.position;
  }

  add(): void {
    this.steps.length = this.position;
    this.steps.push(++this.serial);
    this.position++;
  }

  undo(): void {
    this.position = Math.max(0, this.position - 1);
  }

  redo(): void {
    this.position = Math.min(this.steps.length, this.position + 1);
  }

  save(): void {
    this.saved = this.current;
  }

  private get current(): number {
    return this.steps[this.position - 1] ?? 0;
  }
}
