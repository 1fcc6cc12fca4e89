import type { LabelSpec, TypeSpec } from '../../core/labels/labelSpec';
import { foldName } from '../../core/labels/names';
import { childrenAt, offerLeaves, typesOf } from '../cascade/typeTree';
import { definitionOf } from '../../core/labels/definitions';
import type { AskedLabel } from './promptProtocol';

export interface LabelWording {
  /** Level of the taxonomy that is asked about, 0 = top; the deepest of each branch when absent. */
  readonly level?: number | undefined;
  /** Whether a label is named by its type, or by its whole path as `person->artist`. */
  readonly naming: 'names' | 'paths';
  /** Whether questions say what labels mean. */
  readonly describes: boolean;
}

/**
 * The labels of a list as they are asked about, in its order, each with a name of its own. What a
 * label means is what the list says of it, else what is known of DynamicNER's types.
 */
export function askedLabels(labels: LabelSpec, wording: LabelWording): AskedLabel[] {
  const types = typesOf(labels);
  const { level, naming, describes } = wording;
  const offered = offerLeaves(level === undefined ? types : cutBelow(types, level));
  return offered.map(({ name, path }) => {
    const own = specAt(types, path);
    const known = definitionOf(path);
    const description = own?.description ?? known?.description;
    const synonyms = own?.synonyms ?? known?.synonyms;
    return {
      name: naming === 'paths' ? path.join('->') : name,
      path,
      ...(synonyms === undefined ? {} : { synonyms }),
      ...(describes && description !== undefined ? { description } : {}),
      ...(describes && known !== undefined ? { examples: known.examples } : {}),
    };
  });
}

/** What a label means, on one line: its description, then examples. The name where nothing is known. */
export function describeLabel({ name, description, examples = [] }: AskedLabel): string {
  if (description === undefined) return name;
  return examples.length === 0 ? description : `${description} (${examples.join('; ')})`;
}

function cutBelow(types: readonly TypeSpec[], level: number): TypeSpec[] {
  return types.map(({ children, ...type }) =>
    level === 0 || children === undefined
      ? type
      : { ...type, children: cutBelow(children, level - 1) },
  );
}

function specAt(types: readonly TypeSpec[], path: readonly string[]): TypeSpec | undefined {
  const name = foldName(path.at(-1) ?? '');
  return childrenAt(types, path.slice(0, -1))?.find((type) => foldName(type.name) === name);
}
