import type * as vscode from 'vscode';
import type { Range } from '../../core/text/range';
import type { Passage } from '../../engines/engine';
import type { CodePart, SegmentParams, SegmentResult } from '../../host/protocol';
import type { WorkSize } from '../engine/engineAccess';
import { measurePassages } from '../engine/measurePassages';
import type { EditFollower } from '../documents/sessionParts';
import type { TextEdit } from '../documents/shiftSpans';
import { SpanTable } from '../documents/spanTable';
import { rangeOf } from '../documents/textRanges';
import { sliceDocument } from './slices';

/** How often to look whether the user has scrolled to text that still waits. */
const lookMilliseconds = 50;

/** What to read of a document, and how. */
export interface SourceOptions {
  readonly only: readonly CodePart[] | undefined;
  /** Parts whose passages are read; the whole document when absent. */
  readonly regions?: readonly Range[];
  /** What the user sees of the document now: those passages come first. */
  readonly visible: () => readonly Range[];
  readonly segment: (params: SegmentParams) => Promise<SegmentResult>;
}

/**
 * The passages of a document, in the order in which they are needed: what is visible at the moment
 * of asking, then the rest from the beginning. Follows the edits made meanwhile and knows for each
 * passage that it gave whether its text is still the one that was read.
 */
export class PassageSource implements EditFollower {
  private readonly slices = new SpanTable();
  private readonly passages = new SpanTable();
  private readonly regions = new SpanTable();
  private readonly unread: number[] = [];
  private readonly waiting: number[] = [];
  /** Until when (as `performance.now`) nothing that waits is taken to be visible. */
  private blindUntil = 0;
  /** False once a part of the text had no lexer although only code parts were asked for. */
  lexed = true;

  constructor(
    private readonly document: vscode.TextDocument,
    private readonly options: SourceOptions,
  ) {
    const all = sliceDocument(document);
    const whole = { start: 0, end: all.at(-1)?.end ?? 0 };
    // A comment may begin anywhere before its end: code is not cut.
    for (const { start, end } of options.only === undefined ? all : [whole]) {
      if (start === end) continue;
      const index = this.slices.add(start, end);
      if (this.isWanted(start, end, options.regions)) this.unread.push(index);
    }
    for (const { start, end } of options.regions ?? []) this.regions.add(start, end);
  }

  edit(edits: readonly TextEdit[]): void {
    for (const edit of edits) {
      this.slices.edit(edit);
      this.passages.edit(edit);
      this.regions.edit(edit);
    }
  }

  /** Share of the text already given out, from 0 to 1. */
  get progress(): number {
    const total = this.slices.size;
    const cut = this.passages.size === 0 ? 0 : 1 - this.waiting.length / this.passages.size;
    return total === 0 ? 1 : ((total - this.unread.length) / total) * cut;
  }

  /** Cuts all of the text and counts what there is to read. */
  async measure(): Promise<WorkSize> {
    for (let slice = this.unread.shift(); slice !== undefined; slice = this.unread.shift()) {
      await this.cut(slice);
    }
    return measurePassages(this.texts());
  }

  async *read(): AsyncGenerator<Passage> {
    for (;;) {
      const blind = performance.now() < this.blindUntil;
      const visible = blind ? [] : this.options.visible();
      const slice = this.next(this.slices, this.unread, visible);
      const passage = this.next(this.passages, this.waiting, visible);
      if (!blind && slice?.isVisible !== true && passage?.isVisible !== true) {
        this.blindUntil = performance.now() + lookMilliseconds;
      }
      const cutFirst = slice?.isVisible === true && passage?.isVisible !== true;
      if (passage !== undefined && !cutFirst) {
        this.waiting.splice(passage.at, 1);
        const text = this.textOf(this.passages, passage.index);
        this.passages.markClean(passage.index);
        if (text.trim() !== '') yield { id: String(passage.index), text };
      } else if (slice !== undefined) {
        this.unread.splice(slice.at, 1);
        await this.cut(slice.index);
      } else return;
    }
  }

  /** Where the passage stands now; undefined when its text is not the one that was given out. */
  placeOf(id: string): Range | undefined {
    const index = Number(id);
    if (this.passages.isTouched(index)) return undefined;
    return { start: this.passages.start(index), end: this.passages.end(index) };
  }

  /** All passages, in text order, where they stand now. */
  get places(): Range[] {
    const { passages } = this;
    const places = Array.from({ length: passages.size }, (_, index) => ({
      start: passages.start(index),
      end: passages.end(index),
    }));
    return places.sort((a, b) => a.start - b.start);
  }

  /** The parts asked for, where they stand now; undefined for the whole document. */
  get wanted(): readonly Range[] | undefined {
    if (this.options.regions === undefined) return undefined;
    const { regions } = this;
    return Array.from({ length: regions.size }, (_, index) => ({
      start: regions.start(index),
      end: regions.end(index),
    }));
  }

  private *texts(): Generator<string> {
    for (const index of this.waiting) yield this.textOf(this.passages, index);
  }

  private async cut(slice: number): Promise<void> {
    const { languageId } = this.document;
    const { only } = this.options;
    let result: SegmentResult;
    do {
      this.slices.markClean(slice);
      const text = this.textOf(this.slices, slice);
      result = await this.options.segment({ text, languageId, ...(only ? { only } : {}) });
    } while (this.slices.isTouched(slice));
    if (!result.lexed) this.lexed = false;
    this.blindUntil = 0;
    const base = this.slices.start(slice);
    const wanted = this.wanted;
    for (let i = 0; i + 1 < result.offsets.length; i += 2) {
      const start = base + (result.offsets[i] ?? 0);
      const end = base + (result.offsets[i + 1] ?? 0);
      if (!this.isWanted(start, end, wanted)) continue;
      this.waiting.push(this.passages.add(start, end));
    }
  }

  private isWanted(start: number, end: number, regions: readonly Range[] | undefined): boolean {
    return regions === undefined || regions.some((one) => one.start <= end && start <= one.end);
  }

  /** The first of `queue` that is visible, else the first of all. */
  private next(spans: SpanTable, queue: readonly number[], visible: readonly Range[]) {
    const at =
      visible.length === 0
        ? -1
        : queue.findIndex((index) =>
            visible.some(({ start, end }) => spans.start(index) < end && start < spans.end(index)),
          );
    const index = queue[Math.max(at, 0)];
    return index === undefined ? undefined : { index, at: Math.max(at, 0), isVisible: at >= 0 };
  }

  private textOf(spans: SpanTable, index: number): string {
    const range = { start: spans.start(index), end: spans.end(index) };
    return this.document.getText(rangeOf(this.document, range));
  }
}
