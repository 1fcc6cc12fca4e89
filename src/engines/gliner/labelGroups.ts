import { layOutLevels, type LevelLayout } from '../../core/decoding/levels';
import type { TypePath } from '../../core/entity/entity';
import type { LabelSpec, TypeSpec } from '../../core/labels/labelSpec';
import type { GlinerModel } from './glinerModel';

/** Labels that are asked for together: those at the top, or the children of one type. */
export interface LabelGroup {
  readonly types: readonly TypeSpec[];
  /** Path of the type that they are the children of; empty at the top. */
  readonly above: TypePath;
  /** The same labels in batches, each with its prompt. */
  readonly batches: readonly LabelBatch[];
}

/** Labels of one prompt. */
export interface LabelBatch {
  readonly names: readonly string[];
  /** Ids of the prompt; empty where labels are read by themselves. */
  readonly prompt: readonly number[];
}

/** A label list made ready for a GLiNER model. */
export interface GlinerPlan {
  readonly top: LabelGroup;
  /** The children of a type; undefined where it has none. */
  below(path: TypePath): LabelGroup | undefined;
  readonly layout: LevelLayout;
  /** Every type of the list once, in the order of the layout's nodes, for ranking. */
  readonly all: LabelGroup;
  /** Ids of the longest prompt. */
  readonly prompt: number;
}

/** Labels that a model reads by themselves are many at once: only their logits take memory. */
const READ_ALONE = 256;

/**
 * Lays a label list out for a model. A long flat list is asked for in batches of as many labels as the
 * model saw at once in training; of a taxonomy the top level is asked for, and below a span's type its
 * children only.
 */
export function planGroups(spec: LabelSpec, model: GlinerModel): GlinerPlan {
  const types: readonly TypeSpec[] = spec.kind === 'taxonomy' ? spec.types : spec.labels;
  const layout = layOutLevels(types);
  const groups = new Map<string, LabelGroup>();
  let prompt = 0;
  const groupOf = (own: readonly TypeSpec[], above: TypePath): LabelGroup => {
    const batches = batchLabels(
      own.map(({ name }) => name),
      model,
    );
    for (const batch of batches) prompt = Math.max(prompt, batch.prompt.length);
    return { types: own, above, batches };
  };
  const top = groupOf(types, []);
  for (const { path, type } of layout.nodes) {
    if (type.children !== undefined && type.children.length > 0) {
      groups.set(keyOf(path), groupOf(type.children, path));
    }
  }
  const all = groupOf(
    layout.nodes.map(({ type }) => type),
    [],
  );
  return { top, below: (path) => groups.get(keyOf(path)), layout, all, prompt };
}

function keyOf(path: TypePath): string {
  return path.join('\n');
}

/** Cuts labels into batches whose prompts take at most half of what the model reads. */
function batchLabels(names: readonly string[], model: GlinerModel): LabelBatch[] {
  const { kind, config, positions } = model.folder;
  const most = kind === 'gliner-bi' ? READ_ALONE : config.max_types;
  const limit = positions >> 1;
  const batches: LabelBatch[] = [];
  let batch: string[] = [];
  const close = (): void => {
    if (batch.length === 0) return;
    const whole = model.prompt(batch);
    // Only a single label can be too long here, and is cut.
    const prompt = whole.length > limit ? model.prompt(batch, limit) : whole;
    batches.push({ names: batch, prompt });
    batch = [];
  };
  for (const name of names) {
    if (batch.length === most || model.prompt([...batch, name]).length > limit) close();
    batch.push(name);
  }
  close();
  return batches;
}
