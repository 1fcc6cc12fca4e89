import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { changeTypeByAsking, sameMentionIds } from './entityActions';
import { entityAtCursor } from './entityAtCursor';

/** Accepts, rejects or changes every mention with the surface and type of the entity at the cursor. */
export class AllMentionsFeature extends Disposable {
  constructor(private readonly parts: EditorParts) {
    super();
    this.command('dynamicner.acceptAllMentions', (session, entity) =>
      session.accept(sameMentionIds(session, entity)),
    );
    this.command('dynamicner.rejectAllMentions', (session, entity) =>
      session.reject(sameMentionIds(session, entity)),
    );
    this.command('dynamicner.changeTypeOfAllMentions', (session, entity) =>
      changeTypeByAsking(parts, session, entity, sameMentionIds(session, entity)),
    );
  }

  private command(id: string, run: (session: DocumentSession, entity: Entity) => unknown): void {
    this._register(
      vscode.commands.registerCommand(id, async () => {
        const found = entityAtCursor(this.parts);
        if (found !== undefined) await run(found.session, found.entity);
      }),
    );
  }
}
