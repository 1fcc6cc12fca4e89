import * as vscode from 'vscode';
import type { Failures } from '../failures';
import type { KeeperParts } from './keeperParts';

/** What users are told of the files of their annotations. */
export function keeperNotices(failures: Failures): Omit<KeeperParts, 'journal' | 'files'> {
  const { t } = vscode.l10n;
  const nameOf = ({ uri }: vscode.TextDocument): string => vscode.workspace.asRelativePath(uri);
  return {
    onDamaged: (document, file) =>
      failures.warnOnce(
        t(
          'Some of the annotations kept for “{0}” could not be read. The damaged file was kept as {1}.',
          nameOf(document),
          file,
        ),
      ),
    onDetached: (document, count) =>
      failures.warnOnce(
        count === 1
          ? t(
              '1 annotation of “{0}” has no place in its text as it is now. It is kept, and listed under “Not placed” in the view “Entities”.',
              nameOf(document),
            )
          : t(
              '{0} annotations of “{1}” have no place in its text as it is now. They are kept, and listed under “Not placed” in the view “Entities”.',
              count,
              nameOf(document),
            ),
        [],
      ),
    onBadLines: (file, count) =>
      failures.warnOnce(
        count === 1
          ? t(
              '1 line of “{0}” is no passage. It is kept at its end; correct or remove it there.',
              vscode.workspace.asRelativePath(file),
            )
          : t(
              '{0} lines of “{1}” are no passages. They are kept at its end; correct or remove them there.',
              count,
              vscode.workspace.asRelativePath(file),
            ),
        [],
      ),
    onConflicts: (document, count) =>
      failures.warnOnce(
        count === 1
          ? t(
              '1 annotation of “{0}” was changed both here and in its file. What was changed later was kept.',
              nameOf(document),
            )
          : t(
              '{0} annotations of “{1}” were changed both here and in their file. What was changed later was kept.',
              count,
              nameOf(document),
            ),
        [],
      ),
    onRemoved: (document, count) =>
      failures.warnOnce(
        count === 1
          ? t(
              'The file with the annotations of “{0}” was removed, and 1 annotation with it. “Undo Annotation” brings it back.',
              nameOf(document),
            )
          : t(
              'The file with the annotations of “{0}” was removed, and {1} annotations with it. “Undo Annotation” brings them back.',
              nameOf(document),
              count,
            ),
        [],
      ),
    onFailure: (error) => failures.showOnce(error),
  };
}
