import * as vscode from 'vscode';
import { DisplayNames } from '../../core/labels/displayNames';
import { formatPath } from '../../core/labels/names';
import type { TypePath } from '../../core/entity/entity';

// Names to show in the language of the editor; what a type is stays its path.
let names: DisplayNames | undefined;

function displayNames(): DisplayNames {
  names ??= new DisplayNames(vscode.env.language);
  return names;
}

/** Name of a type, in the language of the editor where the type has one there. */
export function shownTypeName(path: TypePath): string {
  return displayNames().nameOf(path);
}

/** The same at the shown level, or at the deepest level that the path has. */
export function shownNameAt(path: TypePath, level: number): string {
  return displayNames().nameAt(path, level);
}

/** Names of a type and those above it. */
export function shownParts(path: TypePath): readonly string[] {
  return displayNames().partsOf(path);
}

/** A path as people read it. */
export function shownPath(path: TypePath): string {
  return formatPath(shownParts(path));
}
