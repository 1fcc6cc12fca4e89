import type { DatasetCounts } from '../../core/dataset/counts';
import type { EntityQuery, PassageQuery } from '../../core/dataset/query';
import type { EntityState } from '../../core/entity/entity';
import type { DatasetFilter, DatasetStats } from '../../core/messages/datasetPanel';

const decided: Readonly<Record<'suggested' | 'accepted' | 'rejected', readonly EntityState[]>> = {
  suggested: ['suggested'],
  accepted: ['accepted', 'corrected', 'added'],
  rejected: ['rejected'],
};

/** Spans of a type are those that are counted for it, unless rejected ones are asked for. */
const standing: readonly EntityState[] = [...decided.suggested, ...decided.accepted];

/** What the page's filter asks of a data set; undefined where it lets everything through as it stands. */
export function queryOf(filter: DatasetFilter): PassageQuery | undefined {
  const { text, type, state, score, annotator, mark, sort } = filter;
  const entity: EntityQuery = {
    ...(type === null ? {} : { path: type, states: standing }),
    ...(state === null || state === 'none' ? {} : { states: decided[state] }),
    ...(score === null ? {} : { least: score.from, most: score.to }),
  };
  const query: PassageQuery = {
    ...(text === '' ? {} : { text: { find: text } }),
    ...(Object.keys(entity).length === 0 ? {} : { entity }),
    ...(state === 'none' ? { hasEntities: false } : {}),
    ...(annotator === null ? {} : { annotator }),
    ...(mark === 'flagged' ? { flag: true } : {}),
    ...(mark === 'commented' ? { comment: true } : {}),
    ...(mark === 'skipped' ? { status: ['skipped'] as const } : {}),
    ...(mark === 'problem' ? { problems: true } : {}),
    ...(sort === 'file' ? {} : { order: sort }),
  };
  return Object.keys(query).length === 0 ? undefined : query;
}

/** Counts as the page shows them. */
export function shownStats(counts: DatasetCounts): DatasetStats {
  const { passages, entities, states, types, annotators } = counts;
  return {
    passages,
    spans: entities,
    suggested: states.suggested,
    accepted: states.accepted + states.corrected + states.added,
    rejected: states.rejected,
    types: types.flatMap(({ path, count, states: own }) => {
      const standing = count - own.rejected;
      const accepted = standing - own.suggested;
      return standing === 0 ? [] : [{ path: [...path], count: standing, accepted }];
    }),
    annotators: [...annotators],
  };
}
