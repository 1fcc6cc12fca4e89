import * as vscode from 'vscode';
import type { Entity, TypePath } from '../../core/entity/entity';
import { dynamicNerLabels } from '../../core/labels/dynamicner';
import { parseLabelFile, readLabelNames } from '../../core/labels/labelFile';
import type { LabelList } from '../../core/labels/labelList';
import { foldPath } from '../../core/labels/names';
import { parseLabelMap, writeLabelMap, type LabelMap } from '../../core/mapping/labelMap';
import { MapLosses } from '../../core/mapping/mapLosses';
import { nameToCompare, suggestMap, type VectoredType } from '../../core/mapping/suggestMap';
import type { Engine } from '../../engines/engine';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import { say } from '../wording';

/**
 * "Change Label List of Annotations…": suggests where each type of the document's annotations goes in
 * another list, shows the map as a document to look through and edit, and applies it as one step.
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
    const session = this.parts.sessions.active;
    const paths = session === undefined ? [] : pathsOf(session.entities);
    if (session === undefined || paths.length === 0) {
      void vscode.window.showInformationMessage(
        t('There are no entities here. Run “Extract Entities” first.'),
      );
      return;
    }
    const list = await chooseList();
    if (list === undefined) return;
    const engine = await this.access.engine();
    const suggested = suggestMap(
      await vectored(paths, engine),
      await vectored(
        list.taxonomy.nodes.map(({ path }) => path),
        engine,
      ),
    );
    const content = writeLabelMap(
      suggested.map(({ likeness, ...entry }) =>
        likeness === 1 ? entry : { ...entry, note: t('{0} % alike', Math.round(100 * likeness)) },
      ),
    );
    const map = await this.confirm(content, session);
    if (map === undefined) return;
    const losses = new MapLosses();
    map.mapEntities(session.entities, losses);
    await session.mapTypes(map);
    const told = [
      t('{0} entities have types of the other list now.', losses.mapped),
      ...losses.describe().map((loss) => say(loss)),
    ];
    const undo = t('Undo');
    const answer = await vscode.window.showInformationMessage(told.join(' '), undo);
    if (answer === undo) await session.undo();
  }

  /** The map as the user leaves it; undefined when it is not wanted, or the document has changed list. */
  private async confirm(content: string, session: DocumentSession): Promise<LabelMap | undefined> {
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
      if (answer !== apply || session.document.isClosed) return undefined;
      try {
        return parseLabelMap(document.getText(), t('Map'));
      } catch (error) {
        this.failures.show(error);
      }
    }
  }
}

function pathsOf(entities: readonly Entity[]): TypePath[] {
  return [...new Map(entities.map(({ path }) => [foldPath(path), path])).values()];
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
