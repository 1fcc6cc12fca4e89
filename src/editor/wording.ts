import * as vscode from 'vscode';
import { errorText } from '../core/errors';
import { phraseText, type Phrase } from '../core/messages/phrase';

/** A phrase in the language of the editor. */
export function say(phrase: Phrase): string {
  return phraseText(phrase, vscode.l10n.t);
}

/** What anything thrown says, in the language of the editor where it has a wording. */
export function sayError(error: unknown): string {
  return errorText(error, vscode.l10n.t);
}
