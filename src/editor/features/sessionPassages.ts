import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { PassageData } from '../../core/formats/format';
import type { DocumentSession } from '../contract';
import { lengthOf, rangeOf } from '../documents/textRanges';
import type { EngineAccess } from '../engine/engineAccess';
import { sliceDocument } from '../extraction/slices';

/**
 * The document's passages with its shown entities, one passage a paragraph; an entity across passages
 * joins them.
 * @throws {Error} when the document is edited meanwhile.
 */
export async function* sessionPassages(
  session: DocumentSession,
  access: EngineAccess,
): AsyncGenerator<PassageData> {
  const { document } = session;
  const { version } = document;
  const entities = session.entities;
  let next = 0;
  let joined: { start: number; end: number } | undefined;
  const passage = (start: number, end: number): PassageData => {
    const inside: Entity[] = [];
    for (; next < entities.length && (entities[next]?.start ?? 0) < end; next++) {
      const entity = entities[next];
      if (entity !== undefined) {
        inside.push({ ...entity, start: entity.start - start, end: entity.end - start });
      }
    }
    return { text: document.getText(rangeOf(document, { start, end })), entities: inside };
  };
  for (const slice of sliceDocument(document)) {
    const text = document.getText(rangeOf(document, slice));
    const { offsets } = await access.segment({ text, languageId: document.languageId });
    if (document.version !== version) throw new Error(changedMeanwhile());
    for (let i = 0; i + 1 < offsets.length; i += 2) {
      const start = slice.start + (offsets[i] ?? 0);
      const end = slice.start + (offsets[i + 1] ?? 0);
      if (joined === undefined) joined = { start, end };
      else if (session.entitiesIn(joined.end - 1, start + 1).some(spans(joined.end, start))) {
        joined.end = end;
      } else {
        yield passage(joined.start, joined.end);
        joined = { start, end };
      }
    }
  }
  if (joined !== undefined) yield passage(joined.start, Math.min(joined.end, lengthOf(document)));
}

function spans(end: number, start: number): (entity: Entity) => boolean {
  return (entity) => entity.start < end && entity.end > start;
}

function changedMeanwhile(): string {
  return vscode.l10n.t('The document was edited during the export. Export it again.');
}
