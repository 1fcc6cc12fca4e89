import type * as vscode from 'vscode';
import type { Session } from './session';

/** Documents that VS Code and its extensions talk in: nobody annotates them. */
const passing = new Set(['output', 'vscode-scm', 'comment', 'vscode-interactive-input', 'debug']);

/** Whether documents of this kind are worth a look for entities. */
export function isOfInterest(uri: vscode.Uri): boolean {
  return !passing.has(uri.scheme);
}

/** Whether humans did anything to the document's entities. */
export function isAnnotated(session: Session): boolean {
  return (
    session.state.detached.length > 0 ||
    session.state.pick(({ state }) => state !== 'suggested').length > 0
  );
}
