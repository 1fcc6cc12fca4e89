import type { TypePath } from '../entity/entity';
import { summarizeAdapters, type AdapterSet, type LearnedLabel } from '../learning/adapterSet';
import { withAdapters } from '../learning/withAdapters';
import { InputError } from '../errors';
import { phrase } from '../messages/phrase';
import { contentId } from './contentId';
import type { FlatLabelSpec, LabelSpec, TypeSpec } from './labelSpec';
import { foldPath } from './names';
import { Taxonomy, type TaxonomyNode } from './taxonomy';

/** A label's own colours, `#rrggbb`, for light and dark themes. */
export interface LabelColour {
  readonly light: string;
  readonly dark: string;
}

/** What a user may set on a label; what is absent comes from the taxonomy or is the default. */
export interface LabelSettings {
  readonly description?: string;
  readonly synonyms?: readonly string[];
  readonly examples?: readonly string[];
  readonly colour?: LabelColour;
  /** Least probability, in 0..1; the list's when absent. */
  readonly threshold?: number;
  /** True when absent. A type below one that is not enabled is not enabled either. */
  readonly enabled?: boolean;
  /** The key that gives an entity this type while annotating. */
  readonly shortcut?: string;
}

/** A label with everything known of it. `enabled` is its own; see `LabelList.isEnabled`. */
export interface Label extends LabelSettings {
  readonly path: TypePath;
  /** The last part of `path`. */
  readonly name: string;
  readonly enabled: boolean;
}

/** A label of a flat list. */
export interface FlatLabel extends LabelSettings {
  readonly name: string;
}

/**
 * The labels of an extraction: a taxonomy or a flat list with the user's settings, in order.
 * Immutable; every change gives another list.
 */
export class LabelList {
  private spec: LabelSpec | undefined;
  private summary: ReadonlyMap<string, LearnedLabel> | undefined;

  private constructor(
    readonly kind: 'taxonomy' | 'flat',
    /** The labels' tree; a flat list is one of a single level. */
    readonly taxonomy: Taxonomy,
    private readonly settings: ReadonlyMap<string, LabelSettings>,
    private readonly adapters?: AdapterSet,
  ) {}

  /**
   * The labels of a taxonomy, each type before those below it.
   * @param settings What the user set, by path; paths outside the taxonomy are an error.
   * @param kind How engines take it: one of a single level may be a flat list.
   * @throws InputError when a path or a setting is not valid.
   */
  static fromTaxonomy(
    taxonomy: Taxonomy,
    settings: Iterable<readonly [path: TypePath, settings: LabelSettings]> = [],
    kind: LabelList['kind'] = 'taxonomy',
  ): LabelList {
    const known = new Map<string, LabelSettings>();
    for (const [path, own] of settings) {
      checkSettings(taxonomy, path, own);
      known.set(foldPath(path), own);
    }
    return new LabelList(kind, taxonomy, known);
  }

  /**
   * A flat list in the given order.
   * @throws InputError when a name is empty or stands twice, or a setting is not valid.
   */
  static flat(labels: readonly FlatLabel[]): LabelList {
    const types = labels.map(({ name, synonyms }) => ({
      name,
      ...(synonyms === undefined ? {} : { synonyms }),
    }));
    let list = new LabelList('flat', new Taxonomy(types), new Map());
    for (const { name, ...settings } of labels) {
      if (Object.keys(settings).length > 0) list = list.withSettings([name], settings);
    }
    return list;
  }

  /** All labels, enabled or not, each type before those below it. */
  get labels(): readonly Label[] {
    return this.taxonomy.nodes.map((node) => this.labelOf(node));
  }

  /** The label of a whole path, or of one that a type had before. */
  label(path: TypePath): Label | undefined {
    const node = this.taxonomy.node(path) ?? this.taxonomy.formerNode(path);
    return node === undefined ? undefined : this.labelOf(node);
  }

  /** Whether the label and all types above it are enabled; false for an unknown path. */
  isEnabled(path: TypePath): boolean {
    return path.length > 0 && path.every((_, index) => this.isOwnEnabled(path.slice(0, index + 1)));
  }

  /** Least probability for a label: its own, else that of the nearest type above that has one. */
  threshold(path: TypePath): number | undefined {
    for (let length = path.length; length > 0; length--) {
      const threshold = this.label(path.slice(0, length))?.threshold;
      if (threshold !== undefined) return threshold;
    }
    return undefined;
  }

  /** The colour for a label: its own, else that of the nearest type above that has one. */
  colour(given: TypePath): LabelColour | undefined {
    const path = this.label(given)?.path ?? given;
    for (let length = path.length; length > 0; length--) {
      const colour = this.label(path.slice(0, length))?.colour;
      if (colour !== undefined) return colour;
    }
    return undefined;
  }

  /**
   * The list with these settings of a label in place of those it had.
   * @throws InputError when the path is unknown or a setting is not valid.
   */
  withSettings(path: TypePath, settings: LabelSettings): LabelList {
    checkSettings(this.taxonomy, path, settings);
    const changed = new Map(this.settings);
    changed.set(foldPath(path), settings);
    return new LabelList(this.kind, this.taxonomy, changed);
  }

  /** The list with one label switched on or off. */
  withEnabled(path: TypePath, enabled: boolean): LabelList {
    return this.withSettings(path, { ...this.settingsOf(path), enabled });
  }

  /** The list over another taxonomy, with the settings of the types that it shares with this one. */
  withTaxonomy(taxonomy: Taxonomy): LabelList {
    const shared = [...this.settings].filter(
      ([key]) => taxonomy.node(key.split('\n')) !== undefined,
    );
    return new LabelList(this.kind, taxonomy, new Map(shared));
  }

  /** The list with what was learned of it, which its plain data carries to the engine. */
  withLearned(adapters: AdapterSet): LabelList {
    return new LabelList(this.kind, this.taxonomy, this.settings, adapters);
  }

  /** From how much a label was learned, and how well; undefined where nothing was. */
  learned(path: TypePath): LearnedLabel | undefined {
    if (this.adapters === undefined) return undefined;
    this.summary ??= new Map(
      summarizeAdapters(this.adapters).map((label) => [foldPath(label.path), label]),
    );
    return this.summary.get(foldPath(path));
  }

  /**
   * The enabled labels as plain data for an engine. A type of a taxonomy whose own labels are all
   * disabled stays, as one without children.
   */
  toSpec(): LabelSpec {
    if (this.spec === undefined) {
      const types = this.specsOf(this.taxonomy.roots);
      const id = contentId(`${this.kind}\n${JSON.stringify(types)}`);
      this.spec =
        this.kind === 'taxonomy'
          ? { kind: 'taxonomy', id, types }
          : { kind: 'flat', id, labels: types satisfies readonly FlatLabelSpec[] };
      if (this.adapters !== undefined) this.spec = withAdapters(this.spec, this.adapters);
    }
    return this.spec;
  }

  private specsOf(nodes: readonly TaxonomyNode[]): TypeSpec[] {
    return nodes.flatMap((node) => {
      const { name, description, synonyms, threshold, enabled } = this.labelOf(node);
      if (!enabled) return [];
      const children = this.specsOf(node.children);
      return {
        name,
        ...(description === undefined ? {} : { description }),
        ...(synonyms === undefined ? {} : { synonyms }),
        ...(threshold === undefined ? {} : { threshold }),
        ...(children.length === 0 ? {} : { children }),
      };
    });
  }

  private labelOf({ path, name, description, synonyms, threshold }: TaxonomyNode): Label {
    return {
      ...(description === undefined ? {} : { description }),
      ...(synonyms === undefined ? {} : { synonyms }),
      ...(threshold === undefined ? {} : { threshold }),
      enabled: true,
      ...this.settingsOf(path),
      path,
      name,
    };
  }

  private settingsOf(path: TypePath): LabelSettings {
    return this.settings.get(foldPath(path)) ?? {};
  }

  private isOwnEnabled(path: TypePath): boolean {
    return this.taxonomy.node(path) !== undefined && (this.settingsOf(path).enabled ?? true);
  }
}

const colourPattern = /^#[0-9a-f]{6}$/iu;

function checkSettings(
  taxonomy: Taxonomy,
  path: TypePath,
  { threshold, colour }: LabelSettings,
): void {
  const label = path.join(' › ');
  if (taxonomy.node(path) === undefined) {
    throw new InputError(
      phrase`The label list has no label “${label}”`,
      phrase`Name a label of the list, from its top level down.`,
    );
  }
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) {
    throw new InputError(
      phrase`The threshold ${threshold} of “${label}” is not a probability`,
      phrase`Give a number from 0 to 1.`,
      { field: 'threshold' },
    );
  }
  for (const value of colour === undefined ? [] : [colour.light, colour.dark]) {
    if (!colourPattern.test(value)) {
      throw new InputError(
        phrase`The colour “${value}” of “${label}” is not a colour`,
        phrase`Give it as # and six hexadecimal digits, as #0a62c2.`,
        { field: 'colour' },
      );
    }
  }
}
