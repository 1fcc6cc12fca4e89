import assert from 'node:assert/strict';
import type { Entity, TypePath } from '../../../src/core/entity/entity';
import type { OverlapPolicy } from '../../../src/core/entity/overlap';
import { EntityState } from '../../../src/editor/documents/entityState';
import type { TextEdit } from '../../../src/editor/documents/shiftSpans';

export const scholar = ['person', 'real person', 'scholar'];
export const author = ['person', 'real person', 'author'];
export const city = ['location', 'geo-political entity', 'city'];

/** A text with its entities that is edited as a document would be. */
export class EditedText {
  overlap: OverlapPolicy = 'flat';
  readonly state: EntityState;
  private ids = 0;

  constructor(public text: string) {
    const view = {
      slice: (start: number, end: number) => this.text.slice(start, end),
    };
    this.state = new EntityState(
      Object.defineProperty(view, 'length', { get: () => this.text.length }) as never,
      {
        overlap: () => this.overlap,
        newId: () => `e${++this.ids}`,
        annotator: () => undefined,
      },
    );
  }

  /** What an engine finds: each mention where it stands first. */
  extract(found: readonly (readonly [mention: string, path: TypePath])[]): void {
    const entities = found.map(([mention, path]) => suggestion(this.text, mention, path));
    this.state.replaceSuggestions([{ start: 0, end: this.text.length, entities }]);
  }

  edit(mention: string, replacement: string, keepSuggestions = false): void {
    const offset = this.text.indexOf(mention);
    assert.ok(offset >= 0, mention);
    const edit: TextEdit = { offset, removed: mention.length, inserted: replacement.length };
    this.text = this.text.slice(0, offset) + replacement + this.text.slice(offset + mention.length);
    this.state.edit([edit], keepSuggestions);
  }

  get shown(): string[] {
    return this.state.table
      .all()
      .filter(({ state }) => state !== 'rejected')
      .map(
        ({ start, end, path, state }) => `${this.text.slice(start, end)} ${path.at(-1)} ${state}`,
      );
  }

  idOf(mention: string): string {
    const found = this.state.table
      .all()
      .find(({ start, end }) => this.text.slice(start, end) === mention);
    assert.ok(found, mention);
    return found.id;
  }
}

function suggestion(text: string, mention: string, path: TypePath): Entity {
  const start = text.indexOf(mention);
  assert.ok(start >= 0, mention);
  return { id: '', start, end: start + mention.length, path, score: 0.9, state: 'suggested' };
}
