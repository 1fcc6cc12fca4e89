import type { Entity } from '../entity/entity';
import type { PassageData } from '../formats/format';
import { labelOf } from '../formats/typeNames';
import { splitWords } from '../text/words';
import { unifyName } from './names';

/** Longest mention that is looked for in other sets, in words. */
const LONGEST = 6;
const EXAMPLES = 8;

/** How the mentions that set `of` labels `label` are treated where they occur in set `inSet`. */
export interface LabelUse {
  readonly of: string;
  readonly label: string;
  readonly inSet: string;
  /** Occurrences of those mentions in the other set. */
  readonly occurrences: number;
  /** Of these, how many have which label there; the rest has none. */
  readonly labels: ReadonlyMap<string, number>;
  /** Mentions with the label they have there (`` for none), most frequent first. */
  readonly examples: readonly {
    readonly mention: string;
    readonly label: string;
    readonly count: number;
  }[];
}

/** The same words with different labels in different sets. */
export interface SurfaceUse {
  readonly mention: string;
  /** Per set the labels with their counts. */
  readonly sets: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

type Counter = Map<string, number>;

/**
 * Compares how data sets label the same words. Two passes over the passages of all sets: `learn` gathers
 * what is labelled, `meet` looks how that is labelled elsewhere. Time is linear in the text; memory grows
 * with the number of different mentions.
 */
export class LabelComparison {
  /** Mention → set → label → count. */
  private readonly surfaces = new Map<string, Map<string, Counter>>();
  private readonly uses = new Map<
    string,
    { occurrences: number; labels: Counter; examples: Counter }
  >();
  private readonly paired = new Map<string, Set<string>>();
  readonly sets = new Set<string>();

  /** @param level Level of the labels that are compared (0 = top); the deepest known when absent. */
  constructor(private readonly level?: number) {}

  learn(set: string, { text, entities }: Pick<PassageData, 'text' | 'entities'>): void {
    this.sets.add(set);
    for (const entity of standing(entities)) {
      const mention = fold(text.slice(entity.start, entity.end));
      if (mention === '') continue;
      const sets = get(this.surfaces, mention, () => new Map<string, Counter>());
      count(
        get(sets, set, () => new Map<string, number>()),
        labelOf(entity, this.level),
      );
    }
  }

  meet(set: string, { text, entities }: Pick<PassageData, 'text' | 'entities'>): void {
    const labels = new Map<string, string>();
    for (const entity of standing(entities)) {
      labels.set(`${entity.start} ${entity.end}`, labelOf(entity, this.level));
    }
    const words = splitWords(text, { style: 'split' });
    words.forEach(({ start }, first) => {
      for (const { end } of words.slice(first, first + LONGEST)) {
        const mention = fold(text.slice(start, end));
        const sets = this.surfaces.get(mention);
        if (sets === undefined) continue;
        for (const [other, known] of sets) {
          if (other === set) continue;
          for (const label of known.keys()) {
            this.note(other, label, set, mention, labels.get(`${start} ${end}`));
          }
        }
      }
    });
  }

  private note(of: string, label: string, inSet: string, mention: string, found?: string): void {
    const use = get(this.uses, JSON.stringify([of, label, inSet]), () => ({
      occurrences: 0,
      labels: new Map<string, number>(),
      examples: new Map<string, number>(),
    }));
    use.occurrences++;
    if (found !== undefined) count(use.labels, found);
    if (found !== label) count(use.examples, JSON.stringify([mention, found ?? '']));
  }

  /**
   * Notes how two annotations of one passage agree, span by span: a data set and what a model finds in
   * it, under a name of its own.
   */
  pair(
    text: string,
    one: { readonly set: string; readonly entities: readonly Entity[] },
    other: { readonly set: string; readonly entities: readonly Entity[] },
  ): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      this.sets.add(from.set);
      const found = new Map(
        standing(to.entities).map((entity) => [
          `${entity.start} ${entity.end}`,
          labelOf(entity, this.level),
        ]),
      );
      for (const entity of standing(from.entities)) {
        const label = labelOf(entity, this.level);
        get(this.paired, from.set, () => new Set<string>()).add(label);
        const mention = fold(text.slice(entity.start, entity.end));
        this.note(from.set, label, to.set, mention, found.get(`${entity.start} ${entity.end}`));
      }
    }
  }

  /** How the mentions of each label of each set are treated in each other set. */
  *labelUses(): Generator<LabelUse> {
    for (const [key, { occurrences, labels, examples }] of this.uses) {
      const [of = '', label = '', inSet = ''] = JSON.parse(key) as string[];
      const listed = [...examples]
        .sort(([, a], [, b]) => b - a)
        .slice(0, EXAMPLES)
        .map(([example, times]) => {
          const [mention = '', its = ''] = JSON.parse(example) as string[];
          return { mention, label: its, count: times };
        });
      yield { of, label, inSet, occurrences, labels, examples: listed };
    }
  }

  /** Mentions whose labels differ between sets, also after their names are unified. */
  *surfaceUses(): Generator<SurfaceUse> {
    for (const [mention, sets] of this.surfaces) {
      if (sets.size < 2) continue;
      const usual = new Set([...sets.values()].map((labels) => unifyName(mostFrequent(labels))));
      if (usual.size > 1) yield { mention, sets };
    }
  }

  /** The labels of each set. */
  labelsOf(set: string): ReadonlySet<string> {
    const labels = new Set<string>(this.paired.get(set));
    for (const sets of this.surfaces.values()) {
      for (const label of sets.get(set)?.keys() ?? []) labels.add(label);
    }
    return labels;
  }
}

function standing(entities: readonly Entity[]): readonly Entity[] {
  return entities.filter(({ state }) => state !== 'rejected');
}

function fold(mention: string): string {
  return mention.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();
}

function get<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function count(counter: Counter, key: string): void {
  counter.set(key, (counter.get(key) ?? 0) + 1);
}

function mostFrequent(counter: ReadonlyMap<string, number>): string {
  return [...counter].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
