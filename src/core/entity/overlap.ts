/** Which overlaps an extraction may return: none; containment; the same span with several types. */
export const overlapPolicies = ['flat', 'nested', 'multi-label'] as const;
export type OverlapPolicy = (typeof overlapPolicies)[number];
