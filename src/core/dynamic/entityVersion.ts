import type { Entity, TypePath } from '../entity/entity';
import type { PassageData } from '../formats/format';
import type { Taxonomy } from '../labels/taxonomy';
import { makeDynamicVersion, type DynamicOptions, type DynamicVersion } from './dynamicVersion';
import type { Question } from './question';

/** Passages whose entities have dynamic types, and how the rounds changed the answers. */
export interface EntityVersion extends Pick<DynamicVersion, 'reports'> {
  readonly passages: readonly PassageData[];
}

/**
 * The dynamic version of annotations: the type of an entity becomes the answer of its last question.
 * The path that it had stays beside it as `originalPath`, and each passage gets the options that its
 * entities were chosen from as `labels`. Entities outside the taxonomy and rejected ones stay.
 */
export function makeEntityVersion(
  passages: readonly PassageData[],
  options: DynamicOptions,
): EntityVersion {
  const entities = passages.flatMap((passage) => passage.entities);
  const version = makeDynamicVersion(questionsOf(entities, options.taxonomy), options);
  const last = new Map(version.questions.map((question) => [question.entity, question]));
  let next = 0;
  const made = passages.map((passage): PassageData => {
    const labels = new Set<string>();
    const changed = passage.entities.map((entity) => {
      const question = last.get(next++);
      if (question === undefined) return entity;
      for (const option of question.options) labels.add(option);
      labels.add(question.answer);
      return withAnswer(entity, question.answer);
    });
    return labels.size === 0
      ? passage
      : { ...passage, entities: changed, extra: { ...passage.extra, labels: [...labels] } };
  });
  return { passages: made, reports: version.reports };
}

/** One question for each level of each entity's path that the taxonomy has, from the top. */
export function questionsOf(
  entities: readonly Pick<Entity, 'path' | 'state'>[],
  taxonomy: Taxonomy,
): Question[] {
  return entities.flatMap(({ path, state }, entity) => {
    if (state === 'rejected') return [];
    const known = knownPath(path, taxonomy);
    return known.map((answer, level) => ({
      entity,
      options: taxonomy.children(known.slice(0, level)).map(({ name }) => name),
      answer,
    }));
  });
}

/** The whole path of a type, also of a bare name that stands at one place. */
function knownPath(path: TypePath, taxonomy: Taxonomy): TypePath {
  const found = taxonomy.resolve(path);
  return found.kind === 'found' ? found.node.path : [];
}

function withAnswer(entity: Entity, answer: string): Entity {
  const { levelScores, alternatives, candidates, ...rest } = entity;
  void [levelScores, alternatives, candidates];
  return { ...rest, path: [answer], extra: { ...entity.extra, originalPath: entity.path } };
}
