import { layOutLevels, type LevelLayout, type LevelNode } from '../../core/decoding/levels';
import type { TypePath } from '../../core/entity/entity';
import type { LabelSpec, TypeSpec } from '../../core/labels/labelSpec';
import { contentId } from '../../core/labels/contentId';
import { definitionOf } from '../../core/labels/definitions';
import type { LabelEncoder } from './labelEncoder';
import type { LabelAdapters } from './learning/labelAdapters';
import type { PackManifest } from './packSchema';

/** A label list made ready: what candidates are found with, and how they are typed and scored. */
export interface LabelPlan {
  /** Plans of the same key score every span alike; their thresholds may be different. */
  readonly key: string;
  readonly layout: LevelLayout;
  /**
   * [finders, D]: vectors of the labels that every word is compared with; then [learned, 3, D], those
   * of learned labels for the roles start, inside and end.
   */
  readonly finding: Float32Array;
  readonly finders: number;
  /** [finders + 3·learned]: the texts that the vectors are of; of learned ones what tells them apart. */
  readonly finderTexts: readonly string[];
  readonly scoring: TaxonomyScoring | FlatScoring;
  /**
   * [types, D2]: vectors of the layout's leaves, in their order; then of the leaves of the pack's
   * taxonomy that the list leaves out.
   */
  readonly typing: Float32Array;
  readonly types: number;
  /** [types]: the texts that the vectors are of. */
  readonly typeTexts: readonly string[];
  /** What the pack's names say of the types; absent where they say nothing. */
  readonly known?: KnownNames;
  /** What typing logits are divided by. */
  readonly temperature: number;
  /** Thresholds of labels that have one of their own, by leaf; undefined where none has. */
  readonly ownThresholds: readonly (number | undefined)[] | undefined;
  /** [learned, 3]: biases of the learned finders; undefined where there are none. */
  readonly finderBiases?: readonly number[];
  /** What was learned of the leaves; undefined where nothing was. */
  readonly adapters?: LabelAdapters;
}

/** How much the senses of a name raise the logits of types: weight · log(1 + sharpness · share). */
export interface KnownNames {
  readonly weight: number;
  readonly sharpness: number;
  /** For each type of the gazetteer its index among the plan's types. */
  readonly columns: readonly (number | undefined)[];
}

/** How a span's features become a probability: the sigmoid of their weighted sum and the bias. */
export interface ScoreWeights {
  readonly weights: readonly number[];
  readonly bias: number;
  /** Least probability of what is shown. */
  readonly threshold: number;
}

/**
 * The pack's taxonomy, or a part of it: the finders are its top-level types, then the labels "any
 * type of the taxonomy" and "any span".
 */
export interface TaxonomyScoring extends ScoreWeights {
  readonly kind: 'taxonomy';
  readonly top: number;
}

/**
 * Any other list: the finders are the list's own labels, where there are few, then "any span", then,
 * where the pack weighs it, "any type of the taxonomy". `labels` [leaves, D] are the finding vectors of
 * the leaves.
 */
export interface FlatScoring extends ScoreWeights {
  readonly kind: 'flat';
  readonly own: boolean;
  readonly mention: boolean;
  readonly labels: Float32Array;
}

/**
 * Makes a label list ready: finds the text of every type and encodes what was not met before.
 * @param namedTypes Keys of the types that the pack knows names of, in the gazetteer's order.
 */
export async function planLabels(
  spec: LabelSpec,
  manifest: PackManifest,
  labelTexts: ReadonlyMap<string, string>,
  encoder: LabelEncoder,
  namedTypes: readonly string[] = [],
): Promise<LabelPlan> {
  const isTaxonomy = spec.kind === 'taxonomy';
  const layout = layOutLevels(isTaxonomy ? spec.types : spec.labels);
  const paths = layout.leafNodes.map((node) => layout.nodes[node]?.path ?? []);
  const texts = layout.leafNodes.map((node) =>
    labelText(layout.nodes[node] as LevelNode, manifest, isTaxonomy ? labelTexts : new Map()),
  );
  const thresholds = leafThresholds(isTaxonomy ? spec.types : spec.labels);
  const ownThresholds = thresholds.some((value) => value !== undefined) ? thresholds : undefined;
  const key = contentId(JSON.stringify([spec.kind, paths, texts]));
  const base = { key, layout, ownThresholds };
  const known = packLeaves(labelTexts);
  const keys = new Set(paths.map(pathKey));
  if (isTaxonomy && keys.size === paths.length && [...keys].every((key) => known.has(key))) {
    const absent = [...known].filter(([key]) => !keys.has(key));
    const plan = await planTaxonomy(base, [...texts, ...absent.map(([, text]) => text)], manifest, {
      top: [...labelTexts].filter(([key]) => !key.includes(SEPARATOR)).map(([, text]) => text),
      encoder,
    });
    if (manifest.gazetteer === undefined) return plan;
    const { weight, sharpness } = manifest.gazetteer;
    const columnOf = new Map([...keys, ...absent.map(([key]) => key)].map((key, at) => [key, at]));
    const columns = namedTypes.map((key) => columnOf.get(key));
    return { ...plan, known: { weight, sharpness, columns } };
  }
  return planFlat(base, texts, manifest, encoder);
}

/**
 * What is encoded for a type: the pack's text for a type of its taxonomy, else its name. A description
 * that a user wrote says what the name alone does not; the one that ships with the taxonomy is no news.
 */
function labelText(
  { path, type: { description } }: LevelNode,
  { labelTemplate }: PackManifest,
  labelTexts: ReadonlyMap<string, string>,
): string {
  const name = labelTemplate.replaceAll('{name}', () => path.at(-1) ?? '');
  const isOwn = description !== undefined && description !== definitionOf(path)?.description;
  return isOwn ? `${name}: ${description}` : (labelTexts.get(pathKey(path)) ?? name);
}

/** The threshold of each leaf, in the order of the tree: its own, else that of the nearest type above. */
function leafThresholds(
  types: readonly TypeSpec[],
  above?: number,
): readonly (number | undefined)[] {
  return types.flatMap(({ threshold = above, children = [] }) =>
    children.length === 0 ? [threshold] : leafThresholds(children, threshold),
  );
}

type PlanBase = Pick<LabelPlan, 'key' | 'layout' | 'ownThresholds'>;

async function planTaxonomy(
  base: PlanBase,
  texts: readonly string[],
  { finding: { mention, span, dimensions }, typing, scores }: PackManifest,
  { top, encoder }: { readonly top: readonly string[]; readonly encoder: LabelEncoder },
): Promise<LabelPlan> {
  const finders = [...top, mention, span];
  const vectors = await encoder.encode([...finders, ...texts]);
  return {
    ...base,
    finding: vectors.finding.subarray(0, finders.length * dimensions),
    finders: finders.length,
    finderTexts: finders,
    scoring: { kind: 'taxonomy', top: top.length, ...scores.taxonomy },
    typing: vectors.typing.subarray(finders.length * typing.dimensions),
    types: texts.length,
    typeTexts: texts,
    temperature: typing.temperature,
  };
}

async function planFlat(
  base: PlanBase,
  texts: readonly string[],
  { finding: { mention, span, dimensions }, typing, scores, candidates }: PackManifest,
  encoder: LabelEncoder,
): Promise<LabelPlan> {
  const general = scores.flat.weights.length === 5 ? [span, mention] : [span];
  const vectors = await encoder.encode([...texts, ...general]);
  const labels = vectors.finding.subarray(0, texts.length * dimensions);
  const own = texts.length <= candidates.ownLabels;
  const finderTexts = own ? [...texts, ...general] : general;
  return {
    ...base,
    finding: own ? vectors.finding : vectors.finding.subarray(labels.length),
    finders: finderTexts.length,
    finderTexts,
    scoring: { kind: 'flat', own, mention: general.length === 2, labels, ...scores.flat },
    typing: vectors.typing.subarray(0, texts.length * typing.dimensions),
    types: texts.length,
    typeTexts: texts,
    temperature: 1,
  };
}

const SEPARATOR = ' > ';

/** Key of a type in the pack's `labels.json`. */
function pathKey(path: TypePath): string {
  return path.join(SEPARATOR).toLowerCase();
}

/** Keys and texts of the deepest types of the pack's taxonomy. */
function packLeaves(labelTexts: ReadonlyMap<string, string>): Map<string, string> {
  const parents = new Set(
    [...labelTexts.keys()].map((key) => key.split(SEPARATOR).slice(0, -1).join(SEPARATOR)),
  );
  return new Map([...labelTexts].filter(([key]) => !parents.has(key)));
}
