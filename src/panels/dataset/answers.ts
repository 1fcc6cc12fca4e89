import * as vscode from 'vscode';
import type { Scope } from '../../core/dataset/edits';
import type { DatasetAskedByPage, PageScope } from '../../core/messages/datasetPanel';
import type { Answers } from '../../core/messages/messageHandler';
import type { OpenDataset } from '../../editor/datasets/contract';
import type { DatasetPanelParts } from './datasetPages';
import type { DiffSession } from './diffSession';
import type { Preannotation } from './preannotation';
import { queryOf, shownStats } from './queries';
import type { ShownState } from './shownState';
import type { ShownView } from './shownView';
import type { Updates } from './updates';

/** What the answers to a page are made of. */
export interface PageParts {
  readonly parts: DatasetPanelParts;
  readonly dataset: OpenDataset;
  readonly view: ShownView;
  readonly updates: Updates;
  readonly preannotation: Preannotation;
  readonly state: ShownState;
  readonly diff: DiffSession;
  readonly setKeys: (areCommands: boolean) => Promise<void>;
  /** Told when there are other types to choose from. */
  readonly onTypes: () => void;
}

/** What the extension answers a page of a data set. */
export function pageAnswers(page: PageParts): Answers<DatasetAskedByPage> {
  const { parts, dataset, view, updates, preannotation, state, diff } = page;
  return {
    state: () => state.now(),
    passages: async ({ from, to }) => {
      await state.labels();
      return (await view.passages(from, to)).map((passage) => state.shown(passage));
    },
    positionOf: (id) => view.positionOf(id),
    edit: async (edit) => [...(await updates.during(() => dataset.apply(edit)))],
    bulk: async ({ change, scope, preview }) => {
      const about = scopeOf(scope, view);
      const counted = await dataset.preview(change, about);
      if (!preview && counted.entities > 0) {
        await updates.during(() => dataset.apply({ kind: 'bulk', change, scope: about }));
      }
      return { ...counted };
    },
    filter: async (filter) => {
      await view.filter(queryOf(filter));
      return view.count;
    },
    stats: async () => {
      const types = state.counts?.types.length;
      state.counts = await dataset.counts();
      if (state.counts.types.length !== types) page.onTypes();
      return shownStats(state.counts);
    },
    find: async ({ text, matchCase, wholeWord, regex, from, backwards }) => {
      const query = { find: text, isRegex: regex, matchCase, wholeWord };
      const found = await view.find(query, from, backwards);
      if (found === undefined) return null;
      const { number, start, end } = found;
      return { position: number, start, end };
    },
    rankTypes: (question) => rankTypes(page, question),
    preannotate: async ({ ids, first }) => {
      const wanted = ids ?? view.shownIds ?? null;
      await preannotation.start({ ids: wanted, first }, await state.labels());
    },
    stopPreannotation: () => preannotation.stop(),
    setLevel: (level) => parts.view.setLevel(level),
    setThreshold: (threshold) => parts.view.setThreshold(threshold),
    createType: ({ parent, name }) => {
      const path = [...parent, name];
      state.addType(path);
      page.onTypes();
      return path;
    },
    setKeys: (areCommands) => page.setKeys(areCommands),
    openKeys: async () => {
      const open = 'workbench.action.openGlobalKeybindings';
      await vscode.commands.executeCommand(open, 'dynamicner.dataset.');
    },
    compare: (question) => diff.start(question),
    diffRows: ({ from, to }) => diff.rows(from, to),
    takeDiff: ({ ids, take }) => updates.during(() => diff.take(ids, take)),
  };
}

function scopeOf(scope: PageScope, { shownIds }: ShownView): Scope {
  if (scope.kind !== 'view') return scope;
  return shownIds === undefined ? { kind: 'all' } : { kind: 'ids', ids: shownIds };
}

/** The encoder's types for a span of a passage, best first. */
async function rankTypes(
  { dataset, state, parts }: PageParts,
  question: {
    readonly id: number;
    readonly start: number;
    readonly end: number;
    readonly limit: number;
  },
): Promise<{ path: string[]; score: number | null }[]> {
  const { id, start, end, limit } = question;
  const [[passage], list, engine] = await Promise.all([
    dataset.passagesOf([id]),
    state.labels(),
    parts.encoder.engine(),
  ]);
  if (passage === undefined) return [];
  const { text, lang } = passage.passage;
  const [best = []] = await engine.rankTypes(
    { id: String(id), text, ...(lang === undefined ? {} : { lang }) },
    [{ start, end }],
    { labels: list.toSpec(), limit },
  );
  return best.map(({ path, score }) => ({ path: [...path], score }));
}
