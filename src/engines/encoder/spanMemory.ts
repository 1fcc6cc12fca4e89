import type { LeafScores } from '../../core/decoding/types';
import type { TextFeatures } from './textFeatures';

/** A span that was typed before. */
export interface RememberedSpan {
  /** [D2]: as the typing graph sees it, whatever the labels. */
  readonly vector: Float32Array;
  /** Logit of "none". */
  readonly none: number;
  /** Texts of the types that it was last compared with; see `LabelPlan.typeTexts`. */
  texts: readonly string[];
  /** [texts]: its logits against them. */
  logits: Float32Array;
  /** What they say, for the plan that they were worked out for. */
  scores: { readonly key: string; readonly of: LeafScores } | undefined;
}

/** The remembered spans of one unit, by their first and last word. */
type UnitSpans = Map<number, RememberedSpan>;

/** Rough cost of an entry beside its numbers. */
const overheadBytes = 200;
/** Words of a unit are fewer than this. */
const mostWords = 65_536;

/**
 * What spans said of labels, by the features of their units, so that another label list costs only what
 * is different in it. Units that nobody asked for longest are forgotten first.
 */
export class SpanMemory {
  private readonly units = new Map<TextFeatures, { readonly spans: UnitSpans; bytes: number }>();
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  get(features: TextFeatures, first: number, last: number): RememberedSpan | undefined {
    const unit = this.units.get(features);
    if (unit === undefined) return undefined;
    this.units.delete(features);
    this.units.set(features, unit);
    return unit.spans.get(first * mostWords + last);
  }

  put(features: TextFeatures, first: number, last: number, span: RememberedSpan): void {
    let unit = this.units.get(features);
    if (unit === undefined) this.units.set(features, (unit = { spans: new Map(), bytes: 0 }));
    unit.spans.set(first * mostWords + last, span);
    // Scores have two numbers of eight bytes for each type.
    const bytes = 4 * span.vector.length + 20 * span.logits.length + overheadBytes;
    unit.bytes += bytes;
    this.bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.units) {
      if (this.bytes <= this.mostBytes || oldest === features) break;
      this.units.delete(oldest);
      this.bytes -= freed;
    }
  }
}
