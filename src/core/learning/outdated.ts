import type { AdapterSet } from './adapterSet';

/** A pack that can be learned on top of. */
export interface PackVersion {
  readonly name: string;
  readonly version: string;
}

/** A pack that something was learned for while it had another version: its features meant something else. */
export interface OutdatedPack extends PackVersion {
  /** The version that it was learned for. */
  readonly learnedFor: string;
}

/** Those of `packs` that a set was learned for in another version. */
export function outdatedPacks(set: AdapterSet, packs: readonly PackVersion[]): OutdatedPack[] {
  return packs.flatMap(({ name, version }) =>
    set.packs
      .filter((one) => one.pack === name && one.version !== version)
      .map((one) => ({ name, version, learnedFor: one.version })),
  );
}

/** The set without what was learned for outdated packs. */
export function withoutOutdated(set: AdapterSet, outdated: readonly OutdatedPack[]): AdapterSet {
  const isOutdated = ({ pack, version }: AdapterSet['packs'][number]): boolean =>
    outdated.some(({ name, learnedFor }) => name === pack && learnedFor === version);
  return { packs: set.packs.filter((one) => !isOutdated(one)) };
}
