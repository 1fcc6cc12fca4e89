import { isHuman, type Entity, type TypePath } from '../../core/entity/entity';
import { mergeSuggestions } from '../../core/entity/mergeSuggestions';
import type { OverlapPolicy } from '../../core/entity/overlap';
import { foldPath } from '../../core/labels/names';

/**
 * The suggestions among `found`, in text order, that contradict nothing that humans did.
 * @param human Entities of the same text with the same offsets; only those humans touched count.
 */
export function admitSuggestions(
  found: readonly Entity[],
  human: readonly Entity[],
  overlap: OverlapPolicy,
): readonly Entity[] {
  return mergeSuggestions(human, found, overlap).filter((entity) => !isHuman(entity));
}

export function isSamePath(a: TypePath, b: TypePath): boolean {
  return foldPath(a) === foldPath(b);
}
