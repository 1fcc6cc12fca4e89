import type { ShownPassage, ShownSpan } from '../../src/core/messages/datasetPanel';
import type { Range } from '../../src/core/text/range';

/** Where the user is: a passage and, in it, a span or some words. */
export class Cursor {
  private at = 0;
  private words: Range | null = null;
  private spanId: string | null = null;

  /** @param onChange Told after each move. */
  constructor(private readonly onChange: () => void) {}

  /** Position of the passage in the view. */
  get position(): number {
    return this.at;
  }

  /** Words that are no span yet; null while a span is selected. */
  get selection(): Range | null {
    return this.words;
  }

  /** Id of the selected span. */
  get span(): string | null {
    return this.spanId;
  }

  moveTo(position: number): void {
    this.set(position, null, null);
  }

  selectSpan(position: number, id: string): void {
    this.set(position, null, id);
  }

  selectWords(position: number, words: Range | null): void {
    this.set(position, words, null);
  }

  /** The selected span, as long as the passage still has it. */
  spanIn(passage: ShownPassage | undefined): ShownSpan | undefined {
    return passage?.spans.find(({ id }) => id === this.spanId);
  }

  /** What is selected of the passage: the span's place, else the words. */
  rangeIn(passage: ShownPassage | undefined): Range | null {
    const span = this.spanIn(passage);
    return span === undefined ? this.words : { start: span.start, end: span.end };
  }

  private set(position: number, words: Range | null, span: string | null): void {
    const isSame =
      position === this.at &&
      span === this.spanId &&
      words?.start === this.words?.start &&
      words?.end === this.words?.end;
    if (isSame) return;
    this.at = position;
    this.words = words;
    this.spanId = span;
    this.onChange();
  }
}
