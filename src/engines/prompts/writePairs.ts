import type { LabelledDemonstration } from './turns';

/** The answer `label: mention; label: mention` that a demonstration shows; `None` without entities. */
export function writePairs(entities: LabelledDemonstration['entities']): string {
  if (entities.length === 0) return 'None';
  return entities.map(({ label, mention }) => `${label.name}: ${mention}`).join('; ');
}
