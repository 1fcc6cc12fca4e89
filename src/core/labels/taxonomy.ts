import type { TypePath } from '../entity/entity';
import { InputError } from '../errors';
import { phrase } from '../messages/phrase';
import { contentId } from './contentId';
import type { LabelSpec, TypeSpec } from './labelSpec';
import { foldName, foldPath, nearestName, splitPath } from './names';

/** A type of a taxonomy; its identity is `path`, never `name`. */
export interface TaxonomyNode {
  readonly path: TypePath;
  /** The last part of `path`. */
  readonly name: string;
  /** 0 = top level. */
  readonly level: number;
  readonly description?: string;
  readonly synonyms?: readonly string[];
  /** Least probability for this type and, where they have none, those below it, in 0..1. */
  readonly threshold?: number;
  /** Whole paths that the type had before and that still mean it. */
  readonly formerly?: readonly TypePath[];
  readonly children: readonly TaxonomyNode[];
}

/** What a name or path means in a taxonomy. */
export type Resolution =
  | { readonly kind: 'found'; readonly node: TaxonomyNode }
  /** The name stands at several places; in the order of the taxonomy. */
  | {
      readonly kind: 'ambiguous';
      readonly name: string;
      readonly candidates: readonly TaxonomyNode[];
    }
  /** `nearest` is a name of the taxonomy that is spelt much like it. */
  | { readonly kind: 'unknown'; readonly name: string; readonly nearest?: string };

/**
 * A tree of types of any depth; branches may differ in depth. Immutable. Names are compared without
 * regard to case, runs of blanks and underscores, and to the known misspellings of published files.
 */
export class Taxonomy {
  readonly roots: readonly TaxonomyNode[];
  /** The types of each level in the order of the tree, top level first. */
  readonly levels: readonly (readonly TaxonomyNode[])[];
  private readonly byPath = new Map<string, TaxonomyNode>();
  private readonly byName = new Map<string, TaxonomyNode[]>();
  private readonly bySynonym = new Map<string, TaxonomyNode[]>();
  private readonly byFormerPath = new Map<string, TaxonomyNode>();
  private readonly byFormerName = new Map<string, { former: TypePath; node: TaxonomyNode }[]>();
  private spec: LabelSpec | undefined;

  /**
   * @param levelNames What the levels are called, top level first; those without a name get their usual one.
   * @throws InputError when a name is empty or stands twice among the children of one type.
   */
  constructor(
    types: readonly TypeSpec[],
    private readonly givenLevelNames: readonly string[] = [],
  ) {
    const levels: TaxonomyNode[][] = [];
    this.roots = types.map((type) => this.addNode(type, [], levels));
    this.levels = levels;
  }

  /** Number of levels; 0 for a taxonomy without types. */
  get depth(): number {
    return this.levels.length;
  }

  /** What the levels are called, top level first. */
  get levelNames(): readonly string[] {
    return nameLevels(this.depth).map((usual, level) => {
      const given = this.givenLevelNames[level]?.trim() ?? '';
      return given === '' ? usual : given;
    });
  }

  /** All types, each before its children. */
  get nodes(): readonly TaxonomyNode[] {
    return [...this.byPath.values()];
  }

  /** The types without children, in the order of the tree. */
  get leaves(): readonly TaxonomyNode[] {
    return this.nodes.filter(({ children }) => children.length === 0);
  }

  /** The types of a level (0 = top); empty where the taxonomy is not that deep. */
  atLevel(level: number): readonly TaxonomyNode[] {
    return this.levels[level] ?? [];
  }

  /** The type of a whole path from the top level. */
  node(path: TypePath): TaxonomyNode | undefined {
    return this.byPath.get(foldPath(path));
  }

  /** The children of a type; the top level for an empty path; empty for an unknown one. */
  children(path: TypePath): readonly TaxonomyNode[] {
    return path.length === 0 ? this.roots : (this.node(path)?.children ?? []);
  }

  /** The types above a path, top level first, without the type itself. */
  ancestors(path: TypePath): readonly TaxonomyNode[] {
    return path.slice(1).flatMap((_, index) => this.node(path.slice(0, index + 1)) ?? []);
  }

  /** All types of a name, whatever their level, in the order of the tree; then by synonym. */
  find(name: string): readonly TaxonomyNode[] {
    const folded = foldName(name);
    return this.byName.get(folded) ?? this.bySynonym.get(folded) ?? [];
  }

  /**
   * What a bare name (`scholar`), a path in one string (`person > real person > scholar`) or an array
   * means. An array is a whole path, else the end of one. A bare name with several places is
   * ambiguous, also where one of them is a top level. A path that a type had before means that type.
   * @param level Where the type must stand (0 = top); anywhere when absent.
   */
  resolve(nameOrPath: string | TypePath, level?: number): Resolution {
    const parts = typeof nameOrPath === 'string' ? this.split(nameOrPath) : nameOrPath;
    const name = parts.at(-1) ?? '';
    if (typeof nameOrPath !== 'string' || parts.length > 1) {
      const node = this.node(parts);
      if (node !== undefined && (level ?? node.level) === node.level)
        return { kind: 'found', node };
    }
    const above = parts.slice(0, -1);
    const fits = (node: TaxonomyNode): boolean =>
      (level ?? node.level) === node.level && endsWith(node.path.slice(0, -1), above);
    const named = this.find(name).filter(fits);
    const candidates =
      named.length > 0 ? named : (this.bySynonym.get(foldName(name)) ?? []).filter(fits);
    const [node] = candidates;
    if (node === undefined) return this.resolveFormer(parts, level);
    return candidates.length === 1
      ? { kind: 'found', node }
      : { kind: 'ambiguous', name, candidates };
  }

  /**
   * The type that a whole path meant before types were renamed, moved, united or removed: the path's
   * longest beginning that a type had is replaced by where that type is now, until the path is one of
   * the taxonomy. Undefined where none is.
   */
  formerNode(path: TypePath): TaxonomyNode | undefined {
    // Each alias counts once: two that stand for each other would make the path longer for ever.
    const used = new Set<string>();
    let now: TypePath | undefined = path;
    while (now !== undefined && used.size < this.byFormerPath.size) {
      now = this.followOnce(now, used);
      const node: TaxonomyNode | undefined = now === undefined ? undefined : this.node(now);
      if (node !== undefined) return node;
    }
    return undefined;
  }

  private resolveFormer(parts: TypePath, level: number | undefined): Resolution {
    const name = parts.at(-1) ?? '';
    const whole = this.formerNode(parts);
    const named = this.byFormerName.get(foldName(name)) ?? [];
    const nodes = whole === undefined ? named.filter(({ former }) => endsWith(former, parts)) : [];
    const candidates = [...new Set(whole === undefined ? nodes.map(({ node }) => node) : [whole])];
    const fitting = candidates.filter((node) => (level ?? node.level) === node.level);
    const [node] = fitting;
    if (node === undefined) return this.unknown(name);
    return fitting.length === 1
      ? { kind: 'found', node }
      : { kind: 'ambiguous', name, candidates: fitting };
  }

  private followOnce(path: TypePath, used: Set<string>): TypePath | undefined {
    for (let length = path.length; length > 0; length--) {
      const key = foldPath(path.slice(0, length));
      const node = used.has(key) ? undefined : this.byFormerPath.get(key);
      if (node === undefined) continue;
      used.add(key);
      return [...node.path, ...path.slice(length)];
    }
    return undefined;
  }

  /** The taxonomy as plain data; `id` names its content. */
  toSpec(): LabelSpec {
    if (this.spec === undefined) {
      const types = this.roots.map(specOf);
      this.spec = { kind: 'taxonomy', id: contentId(JSON.stringify(types)), types };
    }
    return this.spec;
  }

  /** A name that happens to contain a separator of paths is a name where the taxonomy has it. */
  private split(text: string): TypePath {
    if (this.find(text).length > 0) return [text];
    const parts = splitPath(text);
    const [, coarse = '', fine = ''] = /^([^-]+)-(.+)$/su.exec(text) ?? [];
    // Few-NERD's `person-artist/author`.
    const isPair = parts.length === 1 && coarse !== '' && this.find(fine).length > 0;
    return isPair && this.find(coarse).length > 0 ? [coarse, fine] : parts;
  }

  private unknown(name: string): Resolution {
    const names = this.nodes.map((node) => node.name);
    const nearest = nearestName(name, names);
    return { kind: 'unknown', name, ...(nearest === undefined ? {} : { nearest }) };
  }

  private addNode(type: TypeSpec, above: TypePath, levels: TaxonomyNode[][]): TaxonomyNode {
    const { children: childSpecs = [], ...own } = type;
    const path = [...above, type.name];
    const children: TaxonomyNode[] = [];
    const node: TaxonomyNode = { ...own, path, level: above.length, children };
    this.checkNew(path);
    this.byPath.set(foldPath(path), node);
    addTo(this.byName, foldName(node.name), node);
    for (const synonym of node.synonyms ?? []) addTo(this.bySynonym, foldName(synonym), node);
    for (const former of node.formerly ?? []) {
      const key = foldPath(former);
      if (!this.byFormerPath.has(key)) this.byFormerPath.set(key, node);
      addTo(this.byFormerName, foldName(former.at(-1) ?? ''), { former, node });
    }
    (levels[node.level] ??= []).push(node);
    for (const child of childSpecs) children.push(this.addNode(child, path, levels));
    return node;
  }

  private checkNew(path: TypePath): void {
    const name = path.at(-1) ?? '';
    const parent = path.at(-2);
    const where = parent === undefined ? phrase`the top level` : phrase`“${parent}”`;
    if (foldName(name) === '') {
      throw new InputError(
        phrase`A type under ${where} has no name`,
        phrase`Give it a name or remove it.`,
      );
    }
    if (this.byPath.has(foldPath(path))) {
      throw new InputError(
        phrase`The type “${name}” stands twice under ${where}`,
        phrase`Remove one of them or give it another name.`,
      );
    }
  }
}

/** The path of a type's ancestor at a level (0 = top); the whole path where it is not that deep. */
export function pathAtLevel(path: TypePath, level: number): TypePath {
  return path.slice(0, level + 1);
}

/** What the levels of a taxonomy of that depth are called, top level first. */
export function nameLevels(depth: number): readonly string[] {
  if (depth === 1) return ['type'];
  if (depth === 2) return ['coarse', 'fine'];
  if (depth === 3) return ['coarse', 'medium', 'fine'];
  return Array.from({ length: depth }, (_, level) => `level ${level + 1}`);
}

function endsWith(path: TypePath, end: TypePath): boolean {
  return (
    end.length <= path.length && foldPath(path.slice(path.length - end.length)) === foldPath(end)
  );
}

function addTo<T>(index: Map<string, T[]>, key: string, item: T): void {
  const items = index.get(key);
  if (items === undefined) index.set(key, [item]);
  else items.push(item);
}

function specOf({ name, description, synonyms, threshold, children }: TaxonomyNode): TypeSpec {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(synonyms === undefined ? {} : { synonyms }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(children.length === 0 ? {} : { children: children.map(specOf) }),
  };
}
