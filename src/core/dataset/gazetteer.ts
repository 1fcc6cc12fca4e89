import type { TypePath } from '../entity/entity';
import type { PassageData } from '../formats/format';
import { foldPath } from '../labels/names';

/** A mention that people gave a type. */
export interface KnownMention {
  readonly mention: string;
  readonly path: TypePath;
}

/** Least share of a mention's decisions that must be for one type. */
const MAJORITY = 0.8;

interface Votes {
  /** Decisions for each type, and against any. */
  readonly types: Map<string, { readonly path: TypePath; count: number }>;
  all: number;
}

/** Gathers which mentions people accepted as what, for finding them elsewhere. */
export class Gazetteer {
  private readonly votes = new Map<string, Votes>();

  add({ text, entities }: PassageData): void {
    for (const { start, end, path, state } of entities) {
      if (state === 'suggested') continue;
      const mention = text.slice(start, end);
      let votes = this.votes.get(mention);
      if (votes === undefined) {
        votes = { types: new Map(), all: 0 };
        this.votes.set(mention, votes);
      }
      votes.all++;
      if (state === 'rejected') continue;
      const key = foldPath(path);
      const type = votes.types.get(key);
      if (type === undefined) votes.types.set(key, { path, count: 1 });
      else type.count++;
    }
  }

  /** Mentions of two letters or more that nearly always got the same type, in the order of the text. */
  mentions(): KnownMention[] {
    return [...this.votes].flatMap(([mention, { types, all }]) => {
      const [first] = [...types.values()].sort((a, b) => b.count - a.count);
      const isClear = first !== undefined && first.count >= MAJORITY * all;
      return isClear && /\p{L}.*\p{L}/su.test(mention) ? [{ mention, path: first.path }] : [];
    });
  }
}
