import * as vscode from 'vscode';
import * as z from 'zod';
import { stateChoices, type StateChoice } from '../../core/export/chooseEntities';
import { exportTargets, type ExportTarget } from '../../core/export/exportTargets';
import type { Taxonomy } from '../../core/labels/taxonomy';
import { say } from '../wording';
import { askDynamicRounds, dynamicRounds, type DynamicRounds } from './dynamicRounds';
import { levelTitle } from './levelTitle';

export const exportScopes = ['document', 'selection', 'openDataset', 'folder', 'dataset'] as const;
export type ExportScope = (typeof exportScopes)[number];

/** What an export is to be; `undefined` means that the question was dismissed. */
export interface ExportChoice {
  readonly target: ExportTarget;
  readonly scope: ExportScope;
  readonly states: StateChoice;
  readonly level?: number;
  /** The types are chosen by rounds of dynamic categorization. */
  readonly rounds?: DynamicRounds;
}

/** The format whose types rounds can choose. */
const dynamicFormat = 'dynamicner-dynamic';

/** Answers given with the command, as key bindings can; what is missing is asked for. */
export const givenAnswers = z
  .object({
    format: z.enum(exportTargets.map(({ name }) => name) as [string, ...string[]]),
    scope: z.enum(exportScopes),
    states: z.enum(stateChoices),
    /** 0 = top; `null` is the level that each entity has. */
    level: z.int().nonnegative().nullable(),
    /** For the dynamic version; `null` keeps the level that each entity has. */
    rounds: dynamicRounds.nullable(),
  })
  .partial();
export type GivenAnswers = z.infer<typeof givenAnswers>;

/** Asks what is not given yet. @param scopes The scopes that there is something in. */
export async function askExport(
  given: GivenAnswers,
  scopes: readonly ExportScope[],
  taxonomy: Taxonomy,
): Promise<ExportChoice | undefined> {
  const target = await askTarget(given.format);
  if (target === undefined) return undefined;
  const rounds = await roundsOf(target, given);
  if (rounds === undefined) return undefined;
  const scope = given.scope ?? (scopes.length === 1 ? scopes[0] : await askScope(scopes));
  if (scope === undefined) return undefined;
  const states = given.states ?? (await askStates());
  if (states === undefined) return undefined;
  if (rounds !== null) return { target, scope, states, rounds };
  if (target.label === 'own' || taxonomy.depth < 2) return { target, scope, states };
  const level = given.level === undefined ? await askLevel(taxonomy.depth) : given.level;
  if (level === undefined) return undefined;
  return { target, scope, states, ...(level === null ? {} : { level }) };
}

/** The rounds that choose the types; null for none, undefined when the question is dismissed. */
async function roundsOf(
  { name }: ExportTarget,
  { format, rounds }: GivenAnswers,
): Promise<DynamicRounds | null | undefined> {
  if (name !== dynamicFormat) return null;
  return format === undefined && rounds === undefined ? askRounds() : (rounds ?? null);
}

async function askTarget(name: string | undefined): Promise<ExportTarget | undefined> {
  const given = exportTargets.find((target) => target.name === name);
  if (given !== undefined) return given;
  const items = exportTargets.map((target) => ({
    label: say(target.title),
    description:
      target.kind === 'file' ? (target.extensions[0] ?? '') : vscode.l10n.t('two files a document'),
    target,
  }));
  return (await ask(items, vscode.l10n.t('Format of the file')))?.target;
}

/** How a dynamic version comes to its types: null keeps those that were chosen; undefined when dismissed. */
async function askRounds(): Promise<DynamicRounds | null | undefined> {
  const { t } = vscode.l10n;
  const items = [
    {
      key: 'chosen',
      label: t('As annotated'),
      detail: t('Each entity at the level that was chosen for it'),
    },
    {
      key: 'rounds',
      label: t('By rounds…'),
      detail: t('Mix granularities, use synonyms, remove options, merge into miscellaneous'),
    },
  ] as const;
  const chosen = await ask(items, t('Types of the dynamic version'));
  if (chosen === undefined) return undefined;
  return chosen.key === 'chosen' ? null : askDynamicRounds(t('Export Annotations'));
}

async function askScope(scopes: readonly ExportScope[]): Promise<ExportScope | undefined> {
  const { t } = vscode.l10n;
  const all: readonly { scope: ExportScope; label: string; detail: string }[] = [
    { scope: 'document', label: t('Document'), detail: t('The active document') },
    { scope: 'selection', label: t('Selection'), detail: t('What is selected of the document') },
    {
      scope: 'openDataset',
      label: t('Open Data Set'),
      detail: t('The data set in front, with what is not saved yet'),
    },
    {
      scope: 'folder',
      label: t('Folder'),
      detail: t('All annotated documents of the workspace folder'),
    },
    {
      scope: 'dataset',
      label: t('Data Set…'),
      detail: t('A file of annotated passages in any format'),
    },
  ];
  const items = all.filter(({ scope }) => scopes.includes(scope));
  return (await ask(items, t('What is exported')))?.scope;
}

async function askStates(): Promise<StateChoice | undefined> {
  const { t } = vscode.l10n;
  const items: readonly { states: StateChoice; label: string; detail: string }[] = [
    {
      states: 'accepted',
      label: t('Accepted only'),
      detail: t('What people accepted, corrected or added'),
    },
    {
      states: 'suggested',
      label: t('Accepted and suggested'),
      detail: t('Also what nobody has decided on yet'),
    },
    {
      states: 'all',
      label: t('All with their states'),
      detail: t('Rejected ones too, where the format can say so'),
    },
  ];
  return (await ask(items, t('Which annotations are exported')))?.states;
}

/** The level, or null for that of each entity; undefined when the question is dismissed. */
async function askLevel(depth: number): Promise<number | null | undefined> {
  const { t } = vscode.l10n;
  const levels = Array.from({ length: depth }, (_, index) => depth - 1 - index);
  const items: readonly { level: number | null; label: string; detail?: string }[] = [
    {
      level: null,
      label: t('As annotated'),
      detail: t('Each entity at the level that was chosen for it'),
    },
    ...levels.map((level) => ({ level, label: t('At level {0}', levelTitle(level, depth)) })),
  ];
  return (await ask(items, t('Level of the types')))?.level;
}

function ask<T extends vscode.QuickPickItem>(
  items: readonly T[],
  placeHolder: string,
): Thenable<T | undefined> {
  return vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Export Annotations'),
    placeHolder,
    matchOnDetail: true,
  });
}
