import { isDecided, type Entity } from '../entity/entity';
import type { PassageData } from '../formats/format';

/** Which entities an export has: what people accepted, also what engines suggest, or all with their states. */
export const stateChoices = ['accepted', 'suggested', 'all'] as const;
export type StateChoice = (typeof stateChoices)[number];

/** The passage with the chosen ones of its entities. */
export function chooseEntities(passage: PassageData, states: StateChoice): PassageData {
  if (states === 'all') return passage;
  return { ...passage, entities: passage.entities.filter((entity) => isChosen(entity, states)) };
}

function isChosen(entity: Entity, states: 'accepted' | 'suggested'): boolean {
  return entity.state !== 'rejected' && (states === 'suggested' || isDecided(entity));
}
