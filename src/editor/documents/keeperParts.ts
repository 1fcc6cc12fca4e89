import type * as vscode from 'vscode';
import type { AnnotationFiles } from './annotationFiles';
import type { Journal } from './journal';

/** What keepers share. */
export interface KeeperParts {
  readonly journal: Journal;
  readonly files: AnnotationFiles;
  /** Told once per file whose kept changes were damaged, with where the damaged file went. */
  readonly onDamaged: (document: vscode.TextDocument, file: string) => void;
  /** Told how many annotations have no place in the text: they are kept and listed. */
  readonly onDetached: (document: vscode.TextDocument, count: number) => void;
  /** Told how many lines of a file are no passages; they are kept. */
  readonly onBadLines: (file: vscode.Uri, count: number) => void;
  /** Told how many annotations were changed both here and in the file. */
  readonly onConflicts: (document: vscode.TextDocument, count: number) => void;
  /** Told that the file was removed, and how many annotations went with it. */
  readonly onRemoved: (document: vscode.TextDocument, count: number) => void;
  /** Told when annotations could not be read or saved; they are tried again. */
  readonly onFailure: (error: unknown) => void;
}
