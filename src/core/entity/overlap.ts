/** Which overlaps an extraction may return: none; containment; the same span with several types. */
export type OverlapPolicy = 'flat' | 'nested' | 'multi-label';
