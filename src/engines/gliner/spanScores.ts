import { logitOf } from '../../core/decoding/logits';
import type { Tensor } from '../runtime/runtime';

/** A span of words (both inclusive) that a model scores for a label; the logit is of its probability. */
export interface ScoredSpan {
  readonly first: number;
  readonly last: number;
  /** Index of the label among those asked for. */
  readonly label: number;
  readonly logit: number;
}

/** What a GLiNER model says of one text: a logit for every span of words and every label. */
export interface SpanScores {
  readonly words: number;
  readonly labels: number;
  /** Logit of a span for a label; -Infinity for a span that the model does not score. */
  logit(first: number, last: number, label: number): number;
  /** All spans whose probability is above `threshold`, by first word, last word and label. */
  above(threshold: (label: number) => number): ScoredSpan[];
}

/** Scores of the span kind: `logits` [B, L, K, C], K the number of words that a span may have. */
export class SpanLogits implements SpanScores {
  readonly labels: number;
  private readonly widths: number;
  private readonly data: Float32Array;

  /** @param words Words of the row; the tensor may have more, for longer rows. */
  constructor(
    { data, dims }: Tensor,
    row: number,
    readonly words: number,
  ) {
    const [, length = 0, widths = 0, labels = 0] = dims;
    this.widths = widths;
    this.labels = labels;
    const size = length * widths * labels;
    // A copy of what is needed: a view would keep the whole batch in memory.
    this.data = (data as Float32Array).slice(
      row * size,
      row * size + Math.min(length, words) * widths * labels,
    );
  }

  logit(first: number, last: number, label: number): number {
    const width = last - first;
    if (width < 0 || width >= this.widths || last >= this.words) return -Infinity;
    return this.data[(first * this.widths + width) * this.labels + label] ?? -Infinity;
  }

  above(threshold: (label: number) => number): ScoredSpan[] {
    const least = Array.from({ length: this.labels }, (_, label) => logitOf(threshold(label)));
    const found: ScoredSpan[] = [];
    for (let first = 0; first < this.words; first++) {
      for (let width = 0; width < this.widths && first + width < this.words; width++) {
        const from = (first * this.widths + width) * this.labels;
        for (let label = 0; label < this.labels; label++) {
          const logit = this.data[from + label] as number;
          if (logit > (least[label] as number)) {
            found.push({ first, last: first + width, label, logit });
          }
        }
      }
    }
    return found;
  }
}

/** Order of the last axis of the token kind. */
const START = 0;
const END = 1;
const INSIDE = 2;
const PARTS = 3;

/** How the token kind lays its logits out: [B, L, C, 3], or [3, B, L, C] in exports before mid-2025. */
export type TokenLayout = 'parts last' | 'parts first';

/** Scores of the token kind: a span's logit is the least of its start, of its end, and of all words inside. */
export class TokenLogits implements SpanScores {
  readonly labels: number;
  /** [words, labels, 3] */
  private readonly data: Float32Array;

  constructor(
    { data, dims }: Tensor,
    layout: TokenLayout,
    row: number,
    readonly words: number,
  ) {
    const all = data as Float32Array;
    const [rows = 0, length = 0, labels = 0] = layout === 'parts first' ? dims.slice(1) : dims;
    this.labels = labels;
    const size = length * labels;
    if (layout === 'parts last') {
      this.data = all.slice(row * size * PARTS, (row * size + words * labels) * PARTS);
      return;
    }
    this.data = new Float32Array(words * labels * PARTS);
    for (let part = 0; part < PARTS; part++) {
      const from = (part * rows + row) * size;
      for (let at = 0; at < words * labels; at++) {
        this.data[at * PARTS + part] = all[from + at] as number;
      }
    }
  }

  logit(first: number, last: number, label: number): number {
    if (last < first || last >= this.words) return -Infinity;
    let least = Math.min(this.part(first, label, START), this.part(last, label, END));
    for (let word = first; word <= last; word++) {
      least = Math.min(least, this.part(word, label, INSIDE));
    }
    return least;
  }

  above(threshold: (label: number) => number): ScoredSpan[] {
    const found: ScoredSpan[] = [];
    for (let label = 0; label < this.labels; label++) {
      const least = logitOf(threshold(label));
      for (let first = 0; first < this.words; first++) {
        let logit = this.part(first, label, START);
        if (!(logit > least)) continue;
        for (let last = first; last < this.words; last++) {
          logit = Math.min(logit, this.part(last, label, INSIDE));
          // Starts and ends must be above the threshold, insides may be at it.
          if (!(logit >= least)) break;
          const end = this.part(last, label, END);
          if (end > least) found.push({ first, last, label, logit: Math.min(logit, end) });
        }
      }
    }
    return found.sort((a, b) => a.first - b.first || a.last - b.last || a.label - b.label);
  }

  private part(word: number, label: number, part: number): number {
    return this.data[(word * this.labels + label) * PARTS + part] as number;
  }
}

/** Scores for labels that were asked for in several batches, as if they had been asked for at once. */
export class JoinedScores implements SpanScores {
  readonly labels: number;
  readonly words: number;
  private readonly begins: number[] = [];

  constructor(private readonly parts: readonly SpanScores[]) {
    let labels = 0;
    for (const part of parts) {
      this.begins.push(labels);
      labels += part.labels;
    }
    this.labels = labels;
    this.words = parts[0]?.words ?? 0;
  }

  logit(first: number, last: number, label: number): number {
    for (let at = this.parts.length - 1; at >= 0; at--) {
      const begin = this.begins[at] as number;
      if (label >= begin) return (this.parts[at] as SpanScores).logit(first, last, label - begin);
    }
    return -Infinity;
  }

  above(threshold: (label: number) => number): ScoredSpan[] {
    return this.parts
      .flatMap((part, at) => {
        const begin = this.begins[at] as number;
        return part
          .above((label) => threshold(begin + label))
          .map((span) => ({ ...span, label: begin + span.label }));
      })
      .sort((a, b) => a.first - b.first || a.last - b.last || a.label - b.label);
  }
}
