import { InputError } from '../../../core/errors';
import { foldPath } from '../../../core/labels/names';
import type { AdapterSet, LabelAdapter } from '../../../core/learning/adapterSet';
import { phrase } from '../../../core/messages/phrase';
import type { LevelLayout } from '../../../core/decoding/levels';
import type { PackManifest } from '../packSchema';

/** What was learned of the leaves of a label list, laid out for one pack. */
export interface LabelAdapters {
  /** For each leaf of the layout its place in what follows; undefined where nothing was learned. */
  readonly byLeaf: readonly (number | undefined)[];
  readonly width: number;
  /** [learned, width] */
  readonly weights: Float32Array;
  readonly biases: readonly number[];
  readonly scales: readonly number[];
}

/**
 * What a set says of each leaf of a list for a pack; undefined where it says nothing.
 * @throws InputError where it was learned for another version of the pack, whose features mean
 * something else.
 */
export function learnedLeaves(
  set: AdapterSet | undefined,
  layout: LevelLayout,
  { name, version }: PackManifest,
  width: number,
): (LabelAdapter | undefined)[] {
  const own = set?.packs.find(({ pack }) => pack === name);
  if (own !== undefined && (own.version !== version || own.width !== width)) {
    throw new InputError(
      phrase`What was learned is for version ${own.version} of ${name}, and this is version ${version}`,
      phrase`Learn again from the annotations.`,
    );
  }
  const byPath = new Map((own?.labels ?? []).map((label) => [foldPath(label.path), label]));
  return layout.leafNodes.map((node) => byPath.get(foldPath(layout.nodes[node]?.path ?? [])));
}

/** Lays out what was learned of leaves; undefined where nothing was. */
export function layOutAdapters(
  leaves: readonly (LabelAdapter | undefined)[],
  width: number,
): LabelAdapters | undefined {
  const learned = leaves.filter((label) => label !== undefined);
  if (learned.length === 0) return undefined;
  let next = 0;
  const weights = new Float32Array(learned.length * width);
  learned.forEach((label, at) => weights.set(label.weights, at * width));
  return {
    byLeaf: leaves.map((label) => (label === undefined ? undefined : next++)),
    width,
    weights,
    biases: learned.map(({ bias }) => bias),
    scales: learned.map(({ scale }) => scale),
  };
}
