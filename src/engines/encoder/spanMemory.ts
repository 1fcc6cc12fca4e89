import type { NameSense } from '../../core/decoding/gazetteer';
import type { LeafScores } from '../../core/decoding/types';
import type { ScoredCandidate } from './scoredUnits';
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
  /** What the pack's gazetteer says of its text, once a plan asked. */
  senses: readonly NameSense[] | undefined;
  /** What they say, for the plan that they were worked out for. */
  scores: { readonly key: string; readonly of: LeafScores } | undefined;
}

/** What the words of a unit said of finders; see `LabelPlan.finderTexts`. */
export interface RememberedWords {
  readonly texts: readonly string[];
  /** [words, 3, texts] */
  readonly products: Float32Array;
}

interface Unit {
  /** By their first and last word. */
  readonly spans: Map<number, RememberedSpan>;
  words: RememberedWords | undefined;
  /** Its scored candidates, for plans of this key. */
  scored: { readonly key: string; readonly of: readonly ScoredCandidate[] } | undefined;
  readonly bytes: { spans: number; words: number; scored: number };
}

/** Rough cost of a span beside its numbers, and of a scored candidate. */
const overheadBytes = { span: 200, candidate: 800 };
/** Words of a unit are fewer than this. */
const mostWords = 65_536;

/**
 * What units said of labels, by their features, so that another label list costs only what is different
 * in it, and other thresholds nothing but the choice. Units that nobody asked for longest are forgotten
 * first.
 */
export class SpanMemory {
  private readonly units = new Map<TextFeatures, Unit>();
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  /** The candidates of a unit as a plan of this key scored them. */
  scored(features: TextFeatures, key: string): readonly ScoredCandidate[] | undefined {
    const scored = this.recent(features)?.scored;
    return scored?.key === key ? scored.of : undefined;
  }

  putScored(features: TextFeatures, key: string, of: readonly ScoredCandidate[]): void {
    const unit = this.unit(features);
    unit.scored = { key, of };
    this.count(features, unit, 'scored', overheadBytes.candidate * of.length);
  }

  words(features: TextFeatures): RememberedWords | undefined {
    return this.recent(features)?.words;
  }

  putWords(features: TextFeatures, words: RememberedWords): void {
    const unit = this.unit(features);
    unit.words = words;
    this.count(features, unit, 'words', words.products.byteLength);
  }

  get(features: TextFeatures, first: number, last: number): RememberedSpan | undefined {
    return this.recent(features)?.spans.get(first * mostWords + last);
  }

  put(features: TextFeatures, first: number, last: number, span: RememberedSpan): void {
    const unit = this.unit(features);
    unit.spans.set(first * mostWords + last, span);
    const bytes = 4 * span.vector.length + 4 * span.logits.length + overheadBytes.span;
    this.count(features, unit, 'spans', unit.bytes.spans + bytes);
  }

  private recent(features: TextFeatures): Unit | undefined {
    const unit = this.units.get(features);
    if (unit === undefined) return undefined;
    this.units.delete(features);
    this.units.set(features, unit);
    return unit;
  }

  private unit(features: TextFeatures): Unit {
    let unit = this.units.get(features);
    if (unit === undefined) {
      const bytes = { spans: 0, words: 0, scored: 0 };
      unit = { spans: new Map(), words: undefined, scored: undefined, bytes };
      this.units.set(features, unit);
    }
    return unit;
  }

  /** Notes what a part of a unit takes now, and forgets others where all take too much. */
  private count(
    features: TextFeatures,
    unit: Unit,
    part: 'spans' | 'words' | 'scored',
    bytes: number,
  ): void {
    this.bytes += bytes - unit.bytes[part];
    unit.bytes[part] = bytes;
    for (const [oldest, { bytes: freed }] of this.units) {
      if (this.bytes <= this.mostBytes || oldest === features) break;
      this.units.delete(oldest);
      this.bytes -= freed.spans + freed.words + freed.scored;
    }
  }
}
