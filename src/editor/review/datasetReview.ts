import type * as vscode from 'vscode';
import type { PassageId } from '../../core/dataset/passage';
import { isDecided, type TypePath } from '../../core/entity/entity';
import { allPassages } from '../datasets/allPassages';
import type { OpenDataset } from '../datasets/contract';
import type { ReviewPlace, Suggestion } from './reviewPlace';

/** Suggestions that are compared with each other at most: those with the smallest scores. */
const MOST = 2000;

interface PassageSuggestion extends Suggestion {
  readonly id: PassageId;
}

/** The suggestions of a data set that is open in its editor. */
export class DatasetReview implements ReviewPlace {
  private found: ReadonlyMap<string, PassageSuggestion> | undefined;

  /**
   * @param least Least score of suggestions that its editor shows.
   * @param isOpen Whether its editor is still there.
   */
  constructor(
    private readonly dataset: OpenDataset,
    private readonly least: number,
    private readonly isOpen: () => boolean,
  ) {}

  get uri(): vscode.Uri {
    return this.dataset.uri;
  }

  get isClosed(): boolean {
    return !this.isOpen();
  }

  /** Looked for once: what is decided on meanwhile is taken out of what was found. */
  async suggestions(): Promise<readonly Suggestion[]> {
    this.found ??= await this.find();
    return [...this.found.values()];
  }

  show({ key, entity }: Suggestion): void {
    const { id } = this.of(key);
    this.dataset.reveal({ id, entityId: entity.id });
  }

  async decide(suggestion: Suggestion, state: 'accepted' | 'rejected'): Promise<void> {
    await this.change(suggestion, { state });
  }

  async changeType(suggestion: Suggestion, path: TypePath): Promise<void> {
    await this.change(suggestion, { path });
  }

  private async change(
    { key, entity }: Suggestion,
    change: { readonly state?: 'accepted' | 'rejected'; readonly path?: TypePath },
  ): Promise<void> {
    const { id } = this.of(key);
    await this.dataset.apply({ kind: 'changeEntities', id, entityIds: [entity.id], change });
    this.found = new Map([...(this.found ?? [])].filter(([other]) => other !== key));
  }

  private of(key: string): PassageSuggestion {
    const suggestion = this.found?.get(key);
    if (suggestion === undefined) throw new RangeError(`There is no suggestion ${key}.`);
    return suggestion;
  }

  private async find(): Promise<ReadonlyMap<string, PassageSuggestion>> {
    const found = new Map<string, PassageSuggestion>();
    const query = { entity: { states: ['suggested'] }, order: 'uncertainty' } as const;
    const ids = await this.dataset.filter(query);
    for await (const { id, passage } of allPassages(this.dataset, ids)) {
      for (const entity of passage.entities) {
        // Data sets do not say who accepted their entities; what names no engine is theirs.
        if (isDecided(entity) || (entity.score ?? 1) < this.least) continue;
        const key = `${id} ${entity.id}`;
        found.set(key, { key, id, entity, text: passage.text, span: entity });
      }
      if (found.size >= MOST) break;
    }
    return found;
  }
}
