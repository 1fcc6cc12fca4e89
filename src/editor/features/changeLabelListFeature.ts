import * as vscode from 'vscode';
import type { TypeCount as DatasetTypeCount } from '../../core/dataset/counts';
import type { TypePath } from '../../core/entity/entity';
import { dynamicNerLabels } from '../../core/labels/dynamicner';
import { parseLabelFile, readLabelNames } from '../../core/labels/labelFile';
import type { LabelList } from '../../core/labels/labelList';
import { foldPath } from '../../core/labels/names';
import { parseLabelMap, writeLabelMap, type LabelMap } from '../../core/mapping/labelMap';
import { MapLosses } from '../../core/mapping/mapLosses';
import { nameToCompare, suggestMap, type VectoredType } from '../../core/mapping/suggestMap';
import type { Engine } from '../../engines/engine';
import type { DocumentSession, EditorParts } from '../contract';
import { datasetEditor } from '../contributions';
import { activeDataset } from '../datasets/activeDataset';
import { Disposable } from '../disposable';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import { say } from '../wording';
import { countEntities, formatCount } from './numbers';

const { viewType } = datasetEditor;

/** The annotations whose list is changed: those of a document or of a data set. */
interface Annotations {
  /** Their types, with how many there are of each. */
  types(): Promise<readonly TypeCount[]>;
  /** Takes them to the other list as one step. */
  apply(map: LabelMap): Promise<void>;
  undo(): Promise<unknown>;
  isClosed(): boolean;
}

type TypeCount = Pick<DatasetTypeCount, 'path' | 'count'>;

/**
 * "Change Label List of Annotations…": suggests where each type of the annotations in front goes in
 * another list, shows the map as a document to look through and edit, says what it would lose, and
 * applies it as one step.
 */
export class ChangeLabelListFeature extends Disposable {
  constructor(
    private readonly parts: EditorParts,
    private readonly access: EngineAccess,
    private readonly failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.changeLabelList', () =>
        this.change().catch((error: unknown) => failures.show(error)),
      ),
    );
  }

  private async change(): Promise<void> {
    const { t } = vscode.l10n;
    const annotations = this.inFront();
    const types = (await annotations?.types()) ?? [];
    if (annotations === undefined || types.length === 0) {
      void vscode.window.showInformationMessage(
        t('There are no entities here. Run “Extract Entities” first.'),
      );
      return;
    }
    const list = await chooseList();
    if (list === undefined) return;
    const engine = await this.access.engine();
    const suggested = suggestMap(
      await vectored(
        types.map(({ path }) => path),
        engine,
      ),
      await vectored(
        list.taxonomy.nodes.map(({ path }) => path),
        engine,
      ),
    );
    const content = writeLabelMap(
      suggested.map(({ likeness, ...entry }, at) => {
        const notes = [countEntities(types[at]?.count ?? 0)];
        if (likeness < 1) notes.push(t('{0} % alike', Math.round(100 * likeness)));
        return { ...entry, note: notes.join(', ') };
      }),
    );
    const confirmed = await this.confirm(content, annotations);
    if (confirmed === undefined) return;
    const { map, losses } = confirmed;
    await annotations.apply(map);
    const undo = t('Undo');
    const answer = await vscode.window.showInformationMessage(
      losses.mapped === 1
        ? t('1 entity has a type of the other list now.')
        : t('{0} entities have types of the other list now.', formatCount(losses.mapped)),
      undo,
    );
    if (answer === undo) await annotations.undo();
  }

  private inFront(): Annotations | undefined {
    const { datasets, sessions } = this.parts;
    const dataset = activeDataset(datasets);
    if (dataset !== undefined) {
      return {
        types: async () => (await dataset.counts()).types,
        apply: async ({ entries }) => {
          const change = { kind: 'map', entries } as const;
          await dataset.apply({ kind: 'bulk', change, scope: { kind: 'all' } });
        },
        undo: async () => {
          // The map is in front now.
          await vscode.commands.executeCommand('vscode.openWith', dataset.uri, viewType);
          await dataset.undo();
        },
        isClosed: () => datasets.documentOf(dataset.uri) !== dataset,
      };
    }
    const session = sessions.active;
    return session && ofSession(session);
  }

  /** The map as the user leaves it, with what it loses; undefined when it is not wanted any more. */
  private async confirm(
    content: string,
    annotations: Annotations,
  ): Promise<{ map: LabelMap; losses: MapLosses } | undefined> {
    const { t } = vscode.l10n;
    const document = await vscode.workspace.openTextDocument({ content, language: 'jsonc' });
    await vscode.window.showTextDocument(document, {
      preview: false,
      viewColumn: vscode.ViewColumn.Beside,
    });
    const apply = t('Apply');
    for (;;) {
      const answer = await vscode.window.showInformationMessage(
        t('Look through the map and change it where it is wrong. “null” removes entities.'),
        apply,
        t('Cancel'),
      );
      if (answer !== apply || annotations.isClosed()) return undefined;
      try {
        const map = parseLabelMap(document.getText(), t('Map'));
        const losses = new MapLosses();
        for (const { path, count } of await annotations.types()) {
          losses.add(path, map.entryFor(path), count);
        }
        if (await mayLose(losses)) return { map, losses };
      } catch (error) {
        this.failures.show(error);
      }
    }
  }
}

function ofSession(session: DocumentSession): Annotations {
  return {
    types: () => {
      const types = new Map<string, { path: TypePath; count: number }>();
      for (const { path } of session.entities) {
        const type = types.get(foldPath(path)) ?? { path, count: 0 };
        type.count++;
        types.set(foldPath(path), type);
      }
      return Promise.resolve([...types.values()]);
    },
    apply: (map) => session.mapTypes(map),
    undo: () => session.undo(),
    isClosed: () => session.document.isClosed,
  };
}

/** Whether a map may be applied: what it loses is said before. */
async function mayLose(losses: MapLosses): Promise<boolean> {
  const { t } = vscode.l10n;
  const lost = losses.describe().map((loss) => say(loss));
  if (lost.length === 0) return true;
  const change = t('Change All the Same');
  const answer = await vscode.window.showWarningMessage(
    t(
      'Entities that get a type of the other list: {0}; that are removed: {1}; that keep their type: {2}.',
      formatCount(losses.mapped),
      formatCount(losses.removed),
      formatCount(losses.unmapped),
    ),
    { modal: true, detail: lost.join('\n') },
    change,
  );
  return answer === change;
}

async function vectored(paths: readonly TypePath[], engine: Engine): Promise<VectoredType[]> {
  // Without vectors only types of the same name find each other.
  const vectors = await engine.embedLabels?.(paths.map(nameToCompare));
  return paths.map((path, at) => ({ path, vector: vectors?.[at] ?? new Float32Array(0) }));
}

async function chooseList(): Promise<LabelList | undefined> {
  const { t } = vscode.l10n;
  const title = t('Change Label List');
  const items = [
    { key: 'file', label: t('Label list of a file…') },
    { key: 'names', label: t('Names…') },
    { key: 'dynamicner', label: t('DynamicNER’s taxonomy') },
  ] as const;
  const placeHolder = t('List that the annotations shall have');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (chosen?.key === 'dynamicner') return dynamicNerLabels;
  if (chosen?.key === 'names') {
    const names = await vscode.window.showInputBox({
      title,
      prompt: t('Names of the types, separated by commas'),
    });
    return names === undefined || names.replace(/[,\s]/gu, '') === ''
      ? undefined
      : readLabelNames(names);
  }
  const [file] =
    chosen === undefined ? [] : ((await vscode.window.showOpenDialog({ title })) ?? []);
  if (file === undefined) return undefined;
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  return parseLabelFile(text, vscode.workspace.asRelativePath(file)).list;
}
