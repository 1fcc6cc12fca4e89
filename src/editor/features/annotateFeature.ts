import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { activeDocument } from '../documents/sessions';
import { offsetsOf } from '../documents/textRanges';
import { entitiesAt } from './entityText';
import { pickTypeOf } from './pickType';
import { wordsAt } from './wordsAt';

/** What people do to entities at the cursor: accept, reject, another type, a new one, undo and redo. */
export class AnnotateFeature extends Disposable {
  constructor(private readonly parts: EditorParts) {
    super();
    const { registerCommand } = vscode.commands;
    this._register(
      registerCommand('dynamicner.accept', () =>
        this.withEntities((session, entities) => session.accept(idsOf(entities))),
      ),
    );
    this._register(
      registerCommand('dynamicner.reject', () =>
        this.withEntities((session, entities) => session.reject(idsOf(entities))),
      ),
    );
    this._register(
      registerCommand('dynamicner.changeType', () =>
        this.withEntities(async (session, entities) => {
          const [entity] = entities;
          if (entity === undefined) return;
          const path = await pickTypeOf(this.parts.labels, session, entity);
          if (path !== undefined) await session.changeType(idsOf(entities), path);
        }),
      ),
    );
    this._register(registerCommand('dynamicner.addEntity', () => this.add()));
    this._register(registerCommand('dynamicner.undo', () => this.step('undo')));
    this._register(registerCommand('dynamicner.redo', () => this.step('redo')));
  }

  /** Runs `action` for the entities inside the selection, or the innermost one at the cursor. */
  private async withEntities(
    action: (session: DocumentSession, entities: readonly Entity[]) => Promise<void>,
  ): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const session = this.parts.sessions.active;
    const entities =
      editor === undefined || session === undefined || session.document !== editor.document
        ? []
        : editor.selections.flatMap((selection) => {
            const { start, end } = offsetsOf(session.document, selection);
            if (start === end) return entitiesAt(session, start).slice(-1);
            return session
              .entitiesIn(start, end)
              .filter((entity) => entity.start >= start && entity.end <= end);
          });
    if (session === undefined || entities.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no entity at the cursor. Put the cursor into one and try again.'),
      );
      return;
    }
    await action(session, entities);
  }

  private async add(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const document = activeDocument();
    if (editor === undefined || document === undefined || editor.document !== document) return;
    const range = wordsAt(document, editor.selection);
    if (range === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Select the words of the entity first.'),
      );
      return;
    }
    const session = this.parts.sessions.of(document);
    const { version } = document;
    const path = await pickTypeOf(this.parts.labels, session, {
      ...range,
      id: '',
      path: [],
      state: 'added',
    });
    if (path === undefined) return;
    if (document.version === version) await session.add(range.start, range.end, path);
    else {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The text changed meanwhile. Select the words of the entity again.'),
      );
    }
  }

  private async step(way: 'undo' | 'redo'): Promise<void> {
    const { t } = vscode.l10n;
    const document = activeDocument();
    const done = document !== undefined && (await this.parts.sessions.of(document)[way]());
    if (done) return;
    void vscode.window.showInformationMessage(
      way === 'undo'
        ? t('There is nothing to undo: no entity of this document was touched.')
        : t('There is nothing to redo: no annotation of this document was undone.'),
    );
  }
}

function idsOf(entities: readonly Entity[]): string[] {
  return entities.map(({ id }) => id);
}
