import type { TypePath } from '../../entity/entity';
import { withoutKeys } from '../../withoutKeys';
import { foldName, foldPath } from '../names';
import { dataOfDraft, draftPaths, heirOf, type Draft, type DraftTree } from './draft';
import { labelListOf } from './labelListOf';
import type { TypeSettingName, TypeSettings } from './taxonomyFile';

/**
 * Leaves the paths that types had before a change in `formerly`, so that each still means the type that
 * stands for it now.
 * @param changed Types whose own name or place changed; those below them follow by their aliases.
 * @param before The paths before the change.
 */
export function keepFormerPaths(
  tree: DraftTree,
  changed: readonly Draft[],
  before: ReadonlyMap<Draft, TypePath>,
): void {
  const after = draftPaths(tree);
  const current = new Set([...after.values()].map(foldPath));
  dropShadowed([...after.keys(), ...tree.heirs.keys()], before, current);
  for (const draft of changed) {
    const path = before.get(draft);
    keepFormer(draft, path === undefined ? [] : [path], after.get(draft), current);
  }
  for (const [gone, heir] of tree.heirs) {
    if (heir === undefined || heir === tree.top) continue;
    const paths = [before.get(gone) ?? [], ...(gone.settings.formerly ?? [])];
    keepFormer(heir, paths, after.get(heir), current);
  }
  keepBelow(tree, before, after, current);
}

/** The alias of a type serves those below it, unless another type has its old path now: then each has its own. */
function keepBelow(
  tree: DraftTree,
  before: ReadonlyMap<Draft, TypePath>,
  after: ReadonlyMap<Draft, TypePath>,
  current: ReadonlySet<string>,
): void {
  const moved = [...before].flatMap(([draft, from]) => {
    const heir = heirOf(tree, draft);
    const to = heir === undefined ? undefined : after.get(heir);
    if (heir === undefined || to === undefined || current.has(foldPath(from))) return [];
    return [{ heir, from, to }];
  });
  if (moved.length === 0) return;
  const { taxonomy } = labelListOf(tree.top.children.map(dataOfDraft), []);
  for (const { heir, from, to } of moved) {
    const found = taxonomy.formerNode(from)?.path ?? [];
    if (foldPath(found) !== foldPath(to)) keepFormer(heir, [from], to, current);
  }
}

/**
 * Takes former paths out of `formerly` that were the paths of other types until now: they meant those,
 * and still do.
 */
function dropShadowed(
  drafts: readonly Draft[],
  before: ReadonlyMap<Draft, TypePath>,
  current: ReadonlySet<string>,
): void {
  const freed = new Map<string, Draft>();
  for (const [draft, path] of before) {
    if (!current.has(foldPath(path))) freed.set(foldPath(path), draft);
  }
  for (const draft of drafts) {
    const { formerly = [] } = draft.settings;
    const kept = formerly.filter((path) => (freed.get(foldPath(path)) ?? draft) === draft);
    if (kept.length === formerly.length) continue;
    const value = kept.length === 0 ? undefined : kept;
    draft.settings = withSetting(draft.settings, 'formerly', value);
  }
}

/** Adds paths that a type had to its `formerly`, but for those that are a type's path now. */
function keepFormer(
  draft: Draft,
  paths: readonly TypePath[],
  now: TypePath | undefined,
  current: ReadonlySet<string>,
): void {
  const own = now === undefined ? '' : foldPath(now);
  const known = draft.settings.formerly ?? [];
  const kept = known.filter((path) => foldPath(path) !== own);
  const keys = new Set(kept.map(foldPath));
  for (const path of paths) {
    const key = foldPath(path);
    const isWhole = path.length > 0 && path.every((name) => foldName(name) !== '');
    if (!isWhole || current.has(key) || keys.has(key)) continue;
    keys.add(key);
    kept.push(path);
  }
  if (kept.length === known.length && kept.every((path, index) => path === known[index])) return;
  draft.settings = withSetting(draft.settings, 'formerly', kept.length === 0 ? undefined : kept);
}

/** Settings with one of them changed, or without it. */
export function withSetting(
  settings: TypeSettings,
  field: TypeSettingName,
  value: unknown,
): TypeSettings {
  const others = withoutKeys(settings, field);
  return value === undefined ? others : { ...others, [field]: value };
}
