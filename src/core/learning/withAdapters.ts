import { contentId } from '../labels/contentId';
import type { LabelSpec } from '../labels/labelSpec';
import type { AdapterSet } from './adapterSet';

/** The labels with what was learned of them: another list, with an id of its own. */
export function withAdapters(spec: LabelSpec, adapters: AdapterSet): LabelSpec {
  const id = contentId(`${spec.id}\n${fingerprintOf(adapters)}`);
  return { ...spec, id, adapters };
}

/** Tells sets apart without writing out every weight, which would take long for many labels. */
export function fingerprintOf({ packs }: AdapterSet): string {
  return packs
    .flatMap(({ pack, version, labels }) => [
      pack,
      version,
      ...labels.map(({ path, examples, bias, scale, weights, finder }) => {
        const sum = weights.reduce((total, weight) => total + weight, 0);
        const turned = weights.reduce((total, weight, at) => total + weight * ((at % 7) - 3), 0);
        return [...path, examples, bias, scale, sum, turned, ...(finder?.biases ?? [])].join(' ');
      }),
    ])
    .join('\n');
}
