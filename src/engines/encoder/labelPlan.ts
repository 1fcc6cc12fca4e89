import type { LabelJoin } from '../../core/decoding/joinLabels';
import { layOutLevels, type LevelLayout } from '../../core/decoding/levels';
import type { TypePath } from '../../core/entity/entity';
import type { LabelSpec } from '../../core/labels/labelSpec';
import type { LabelEncoder } from './labelEncoder';
import type { PackManifest } from './packSchema';

/** A label list made ready: what spans are found with and how they are typed. */
export interface LabelPlan {
  readonly layout: LevelLayout;
  /** [finders, D]: vectors of the labels that spans are found with. */
  readonly finding: Float32Array;
  readonly finders: number;
  readonly join: LabelJoin;
  /** [nodes, D2]: vectors of all types, in the order of the layout's nodes. */
  readonly typing: Float32Array;
  /** Weights of the levels' log probabilities, from the deepest upwards. */
  readonly weights: readonly number[];
  /** Least span probability where the caller does not say. */
  readonly threshold: number;
  /** Thresholds of labels that have one of their own, by leaf; undefined where none has. */
  readonly ownThresholds: readonly (number | undefined)[] | undefined;
}

/** Makes a label list ready: finds the text of every type and encodes what was not met before. */
export async function planLabels(
  spec: LabelSpec,
  manifest: PackManifest,
  labelTexts: ReadonlyMap<string, string>,
  encoder: LabelEncoder,
): Promise<LabelPlan> {
  const isTaxonomy = spec.kind === 'taxonomy';
  const layout = layOutLevels(isTaxonomy ? spec.types : spec.labels);
  const texts = layout.nodes.map(
    ({ path }) =>
      (isTaxonomy ? labelTexts.get(pathKey(path)) : undefined) ??
      manifest.labelTemplate.replaceAll('{name}', () => path.at(-1) ?? ''),
  );
  const { mention, taxonomy, flat } = manifest.finding;
  const { join, threshold } = isTaxonomy ? taxonomy : flat;
  const width = manifest.finding.dimensions;
  const top = isTaxonomy ? spec.types.length : spec.labels.length;
  const byMention = isTaxonomy && taxonomy.labels === 'mention' && top > 0;
  const vectors = await encoder.encode(byMention ? [...texts, mention] : texts);
  const { fine, medium, coarse } = manifest.typing.mix;
  const thresholds = isTaxonomy ? [] : spec.labels.map((label) => label.threshold);
  return {
    layout,
    // The top-level types are the first nodes; the mention is the last text.
    finding: byMention
      ? vectors.finding.subarray(texts.length * width)
      : vectors.finding.subarray(0, top * width),
    finders: byMention ? 1 : top,
    join,
    typing: vectors.typing.subarray(0, texts.length * manifest.typing.dimensions),
    weights: [fine, medium, coarse],
    threshold,
    ownThresholds: thresholds.some((value) => value !== undefined) ? thresholds : undefined,
  };
}

/** Key of a type in the pack's `labels.json`. */
function pathKey(path: TypePath): string {
  return path.join(' > ').toLowerCase();
}
