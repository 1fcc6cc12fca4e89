import * as vscode from 'vscode';
import type { EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { touchesVisible } from '../documents/textRanges';
import { shownNameAt, shownPath } from '../labels/shownNames';
import { Throttle } from './throttle';

/** Hints of one range at most; what lies beyond is the density of no readable text. */
const mostHints = 2000;

/** Least time between two requests for new hints, in milliseconds. */
const pause = 100;

/** The type of each entity, at the shown level, after it; `dynamicner.inlayHints.enabled` switches. */
export class InlayHintsFeature extends Disposable implements vscode.InlayHintsProvider {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChangeInlayHints = this.changed.event;

  constructor(private readonly parts: EditorParts) {
    super();
    const throttle = this._register(new Throttle(() => this.changed.fire(), pause));
    const refresh = (): void => throttle.ask();
    this._register(vscode.languages.registerInlayHintsProvider('*', this));
    this._register(
      parts.sessions.onDidChangeEntities(({ session, ranges }) => {
        if (touchesVisible(session.document, ranges)) refresh();
      }),
    );
    this._register(parts.view.onDidChange(refresh));
    this._register(parts.labels.onDidChange(refresh));
    this._register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('dynamicner.inlayHints')) refresh();
      }),
    );
    this._register(vscode.commands.registerCommand('dynamicner.toggleTypeNames', toggle));
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const session = this.parts.sessions.existing(document);
    if (session === undefined || !isEnabled(document)) return [];
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const { level } = this.parts.view;
    return session
      .entitiesIn(start, end)
      .filter((entity) => start <= entity.end && entity.end <= end)
      .sort((one, other) => one.end - other.end || other.start - one.start)
      .slice(0, mostHints)
      .map((entity) => {
        const hint = new vscode.InlayHint(
          document.positionAt(entity.end),
          shownNameAt(entity.path, level),
          vscode.InlayHintKind.Type,
        );
        hint.paddingLeft = true;
        // A plain string: Markdown is read by VS Code for every hint of every request.
        hint.tooltip = shownPath(entity.path);
        return hint;
      });
  }
}

function isEnabled(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('dynamicner', document).get('inlayHints.enabled', true);
}

/** Switches the setting where it is set now, so that the switch is seen; else for the user. */
async function toggle(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const configuration = vscode.workspace.getConfiguration('dynamicner', document);
  const set = configuration.inspect<boolean>('inlayHints.enabled');
  const ofLanguage =
    set?.workspaceFolderLanguageValue ?? set?.workspaceLanguageValue ?? set?.globalLanguageValue;
  const target =
    (set?.workspaceFolderLanguageValue ?? set?.workspaceFolderValue) !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : (set?.workspaceLanguageValue ?? set?.workspaceValue) !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  const enabled = configuration.get('inlayHints.enabled', true);
  await configuration.update('inlayHints.enabled', !enabled, target, ofLanguage !== undefined);
}
