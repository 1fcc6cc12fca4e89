import * as vscode from 'vscode';
import type { TypePath } from '../../core/entity/entity';
import type { DocumentSession } from '../contract';
import { rangeOf } from '../documents/textRanges';
import type { ReviewPlace, Suggestion } from './reviewPlace';

/** The suggestions of a document that a text editor shows. */
export class DocumentReview implements ReviewPlace {
  constructor(
    private readonly session: DocumentSession,
    private readonly editor: vscode.TextEditor,
  ) {}

  get uri(): vscode.Uri {
    return this.session.document.uri;
  }

  get isClosed(): boolean {
    return this.session.document.isClosed;
  }

  suggestions(): Promise<readonly Suggestion[]> {
    const { document, entities } = this.session;
    const open = entities.filter(({ state }) => state === 'suggested');
    return Promise.resolve(
      open.map((entity): Suggestion => {
        const { start, end } = rangeOf(document, entity);
        const lines = new vscode.Range(
          document.lineAt(start.line).range.start,
          document.lineAt(end.line).range.end,
        );
        const from = document.offsetAt(lines.start);
        const span = { start: entity.start - from, end: entity.end - from };
        return { key: entity.id, entity, text: document.getText(lines), span };
      }),
    );
  }

  show({ entity }: Suggestion): void {
    const range = rangeOf(this.session.document, entity);
    this.editor.selection = new vscode.Selection(range.start, range.end);
    this.editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  decide({ entity }: Suggestion, state: 'accepted' | 'rejected'): Promise<void> {
    return state === 'accepted'
      ? this.session.accept([entity.id])
      : this.session.reject([entity.id]);
  }

  changeType({ entity }: Suggestion, path: TypePath): Promise<void> {
    return this.session.changeType([entity.id], path);
  }
}
