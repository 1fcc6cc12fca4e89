import { mergeSuggestions } from '../entity/mergeSuggestions';
import { inTextOrder } from '../entity/resolveOverlaps';
import type { Entity } from '../entity/entity';
import { InputError } from '../errors';
import type { PassageData } from '../formats/format';
import { phrase } from '../messages/phrase';
import type { DatasetEdit } from './edits';
import { changeEntity, withAuthor } from './entityChange';
import type { Operation } from './operations';
import type { Authorship, PassageId } from './passage';
import { changeReview } from './reviewChange';
import { changeText, checkRange, mergePassages, splitPassage } from './textChange';

/** What an edit is worked out against. */
export interface EditContext {
  /** The passage as it stands; `isBad` where its record cannot be read. */
  passage(id: PassageId): { readonly passage: PassageData; readonly isBad: boolean } | undefined;
  numberOf(id: PassageId): number | undefined;
  newId(): PassageId;
  readonly by: Authorship;
}

/** Ids of the passages whose content an edit needs. */
export function passagesNeeded(edit: DatasetEdit): readonly PassageId[] {
  switch (edit.kind) {
    case 'addEntity':
    case 'changeEntities':
    case 'removeEntities':
    case 'changeText':
    case 'split':
      return [edit.id];
    case 'merge':
    case 'review':
      return edit.ids;
    case 'replace':
      return edit.passages.map(({ id }) => id);
    case 'suggest':
      return edit.results.map(({ id }) => id);
    default:
      return [];
  }
}

/**
 * What an edit comes down to; empty where it changes nothing.
 * @throws InputError when it does not fit the passages as they stand.
 */
export function resolveEdit(edit: DatasetEdit, context: EditContext): Operation[] {
  const { by } = context;
  switch (edit.kind) {
    case 'addEntity':
      return change(edit.id, context, (passage) => addEntity(passage, edit, by));
    case 'changeEntities':
      return change(edit.id, context, (passage) => {
        const wanted = new Set(edit.entityIds);
        const { start, end } = edit.change;
        return withEntities(passage, (entity) => {
          if (!wanted.has(entity.id)) return entity;
          checkSpan(passage.text, start ?? entity.start, end ?? entity.end);
          return changeEntity(entity, edit.change, by);
        });
      });
    case 'removeEntities':
      return change(edit.id, context, (passage) => {
        const wanted = new Set(edit.entityIds);
        return withEntities(passage, (entity) => (wanted.has(entity.id) ? undefined : entity));
      });
    case 'changeText':
      return change(edit.id, context, (passage) => {
        checkRange(passage.text, edit.start, edit.end);
        const isSame = passage.text.slice(edit.start, edit.end) === edit.text;
        return isSame ? passage : changeText(passage, edit, edit.text);
      });
    case 'insert': {
      const at = edit.after === null ? 0 : placeOf(edit.after, context) + 1;
      const passages = edit.passages.map((passage) => ({ id: context.newId(), passage }));
      return passages.length === 0 ? [] : [{ kind: 'insert', at, passages }];
    }
    case 'remove':
      return removeAll(edit.ids, context);
    case 'split': {
      const [first, second] = splitPassage(readable(edit.id, context), edit.at);
      const at = placeOf(edit.id, context) + 1;
      return [
        { kind: 'replace', id: edit.id, passage: first },
        { kind: 'insert', at, passages: [{ id: context.newId(), passage: second }] },
      ];
    }
    case 'merge':
      return merge(edit.ids, edit.separator, context);
    case 'review':
      return edit.ids.flatMap((id) =>
        change(id, context, (passage) => changeReview(passage, edit.change, by)),
      );
    case 'replace':
      return edit.passages.flatMap(({ id, passage }) => change(id, context, () => passage));
    case 'suggest':
      return edit.results.flatMap(({ id, entities }) =>
        change(id, context, (passage) => suggest(passage, entities, edit.overlap)),
      );
    case 'bulk':
      return [{ kind: 'rule', rule: { change: edit.change, scope: edit.scope, by } }];
  }
}

function change(
  id: PassageId,
  context: EditContext,
  make: (passage: PassageData) => PassageData,
): Operation[] {
  const before = readable(id, context);
  const passage = make(before);
  return passage === before ? [] : [{ kind: 'replace', id, passage }];
}

function readable(id: PassageId, context: EditContext): PassageData {
  const found = context.passage(id);
  if (found === undefined) throw notThere();
  if (found.isBad) {
    throw new InputError(
      phrase`The passage could not be read, so it cannot be edited here`,
      phrase`Correct it in the text editor, or delete it.`,
    );
  }
  return found.passage;
}

function placeOf(id: PassageId, context: EditContext): number {
  const number = context.numberOf(id);
  if (number === undefined) throw notThere();
  return number;
}

function notThere(): InputError {
  return new InputError(
    phrase`The passage is no longer there`,
    phrase`Undo its deletion, or choose another one.`,
  );
}

function addEntity(
  passage: PassageData,
  { start, end, path, entityId }: Extract<DatasetEdit, { kind: 'addEntity' }>,
  by: Authorship,
): PassageData {
  checkSpan(passage.text, start, end);
  const who = by.annotator === undefined ? {} : { source: { user: by.annotator } };
  const entity: Entity = withAuthor({ id: entityId, start, end, path, state: 'added', ...who }, by);
  return { ...passage, entities: [...passage.entities, entity].sort(inTextOrder) };
}

function withEntities(
  passage: PassageData,
  make: (entity: Entity) => Entity | undefined,
): PassageData {
  const entities = passage.entities.flatMap((entity) => make(entity) ?? []);
  const isSame =
    entities.length === passage.entities.length &&
    entities.every((entity, index) => entity === passage.entities[index]);
  return isSame ? passage : { ...passage, entities: entities.sort(inTextOrder) };
}

function suggest(
  passage: PassageData,
  found: readonly Entity[],
  overlap: Extract<DatasetEdit, { kind: 'suggest' }>['overlap'],
): PassageData {
  const entities = mergeSuggestions(passage.entities, found, overlap);
  const isSame = JSON.stringify(entities) === JSON.stringify(passage.entities);
  return isSame ? passage : { ...passage, entities };
}

/** Neighbouring passages are taken out together, the last first, so that numbers before them hold. */
function removeAll(ids: readonly PassageId[], context: EditContext): Operation[] {
  const numbers = [...new Set(ids.map((id) => placeOf(id, context)))].sort((a, b) => b - a);
  const runs: { at: number; count: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.at === number + 1) {
      last.at = number;
      last.count++;
    } else runs.push({ at: number, count: 1 });
  }
  return runs.map((run) => ({ kind: 'remove', ...run }));
}

function merge(ids: readonly PassageId[], separator: string, context: EditContext): Operation[] {
  const sorted = [...new Set(ids)].sort((a, b) => placeOf(a, context) - placeOf(b, context));
  const [first] = sorted;
  const at = first === undefined ? 0 : placeOf(first, context);
  const areNeighbours = sorted.every((id, index) => placeOf(id, context) === at + index);
  if (first === undefined || sorted.length < 2 || !areNeighbours) {
    throw new InputError(
      phrase`Only passages that follow each other can be merged`,
      phrase`Select two or more neighbours.`,
    );
  }
  const passage = mergePassages(
    sorted.map((id) => readable(id, context)),
    separator,
  );
  return [
    { kind: 'replace', id: first, passage },
    { kind: 'remove', at: at + 1, count: sorted.length - 1 },
  ];
}

function checkSpan(text: string, start: number, end: number): void {
  checkRange(text, start, end);
  if (start < end) return;
  throw new InputError(phrase`The span is empty`, phrase`Select at least one character.`);
}
