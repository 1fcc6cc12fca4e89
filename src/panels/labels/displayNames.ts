import * as vscode from 'vscode';
import names from '../../../media/taxonomies/names.json';

/**
 * What DynamicNER's types are called in VS Code's language, by their names joined by “ > ”; empty where
 * that is English or has no names.
 */
export function displayNames(): Readonly<Record<string, string>> {
  const all: Readonly<Record<string, Readonly<Record<string, string>>>> = names;
  const language = vscode.env.language.toLowerCase();
  return all[language] ?? all[language.split('-')[0] ?? ''] ?? {};
}
