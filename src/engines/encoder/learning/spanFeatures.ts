import { float16Table } from '../float16';
import type { PlacedSpan } from '../spanTyper';

/**
 * How long both halves of a span's features are. Learning treats a feature's size as its weight:
 * found on development sets.
 */
const LENGTH = 4;

/** Width of a span's features: typing vector and mean word vector, side by side. */
export function featureWidth(typing: number, hidden: number): number {
  return typing + hidden;
}

/**
 * Writes what adapters are learned over, [typing + hidden], at `start` of `target`: the span's typing
 * vector, in which the pack compares it with labels, and the mean of its word vectors, which knows
 * more than the pack was trained to tell; both brought to one length.
 */
export function writeSpanFeatures(
  { features: { words }, first, last }: PlacedSpan,
  typing: Float32Array,
  hidden: number,
  target: Float32Array,
  start: number,
): void {
  target.set(typing, start);
  bringToLength(target, start, start + typing.length);
  const values = float16Table();
  const middle = start + typing.length;
  for (let word = first; word <= last; word++) {
    for (let at = 0; at < hidden; at++) {
      (target[middle + at] as number) += values[words[word * hidden + at] as number] as number;
    }
  }
  bringToLength(target, middle, middle + hidden);
}

function bringToLength(values: Float32Array, from: number, to: number): void {
  let squares = 0;
  for (let at = from; at < to; at++) squares += (values[at] as number) ** 2;
  const times = squares === 0 ? 0 : LENGTH / Math.sqrt(squares);
  for (let at = from; at < to; at++) (values[at] as number) *= times;
}
