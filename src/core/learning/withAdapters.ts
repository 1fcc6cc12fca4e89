import { contentId } from '../labels/contentId';
import type { LabelSpec } from '../labels/labelSpec';
import type { AdapterSet } from './adapterSet';

/** The labels with what was learned of them: another list, with an id of its own. */
export function withAdapters(spec: LabelSpec, adapters: AdapterSet): LabelSpec {
  const id = contentId(`${spec.id}\n${JSON.stringify(adapters)}`);
  return { ...spec, id, adapters };
}
