import * as vscode from 'vscode';
import { pathAtLevel } from '../../core/labels/taxonomy';
import type { EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { rangeOf } from '../documents/textRanges';
import { shownPath } from '../labels/shownNames';
import { formatCount } from './numbers';

const statusMilliseconds = 4000;

/** "Next Entity" and "Previous Entity": around the document's end to its beginning and back. */
export class NavigateFeature extends Disposable {
  constructor(private readonly parts: EditorParts) {
    super();
    const { registerCommand } = vscode.commands;
    this._register(registerCommand('dynamicner.nextEntity', () => this.go(1)));
    this._register(registerCommand('dynamicner.previousEntity', () => this.go(-1)));
  }

  private go(direction: 1 | -1): void {
    const editor = vscode.window.activeTextEditor;
    const session = this.parts.sessions.active;
    const { t } = vscode.l10n;
    if (editor === undefined || session === undefined || session.document !== editor.document) {
      void vscode.window.showInformationMessage(
        t('There are no entities here. Run “Extract Entities” first.'),
      );
      return;
    }
    const { entities } = session;
    const cursor = session.document.offsetAt(editor.selection.active);
    const ahead =
      direction > 0
        ? entities.findIndex(({ start }) => start > cursor)
        : entities.findLastIndex(({ start }) => start < cursor);
    const index = ahead >= 0 ? ahead : direction > 0 ? 0 : entities.length - 1;
    const entity = entities[index];
    if (entity === undefined) {
      void vscode.window.showInformationMessage(t('This document shows no entities.'));
      return;
    }
    const range = rangeOf(session.document, entity);
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    const type = shownPath(pathAtLevel(entity.path, this.parts.view.level));
    vscode.window.setStatusBarMessage(
      t('Entity {0} of {1}: {2}', formatCount(index + 1), formatCount(entities.length), type),
      statusMilliseconds,
    );
  }
}
