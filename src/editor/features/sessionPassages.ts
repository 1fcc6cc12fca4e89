import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import { inTextOrder } from '../../core/entity/resolveOverlaps';
import type { PassageData } from '../../core/formats/format';
import type { Range } from '../../core/text/range';
import type { DocumentSession } from '../contract';
import { lengthOf, rangeOf } from '../documents/textRanges';
import type { EngineAccess } from '../engine/engineAccess';
import { sliceDocument } from '../extraction/slices';

/** What of a document its passages have. */
export interface PassageChoice {
  /** Only passages of this part of the text, cut at its ends, with entities that lie in it; UTF-16. */
  readonly within?: Range;
  /** Whether rejected entities are there too. */
  readonly rejected?: boolean;
  /** Whether the text is one passage, not one a paragraph. */
  readonly whole?: boolean;
}

/**
 * The document's passages with its shown entities, one passage a paragraph; an entity across passages
 * joins them.
 * @throws {Error} when the document is edited meanwhile.
 */
export async function* sessionPassages(
  session: DocumentSession,
  access: Pick<EngineAccess, 'segment'>,
  { within, rejected = false, whole = false }: PassageChoice = {},
): AsyncGenerator<PassageData> {
  const { document } = session;
  const { version } = document;
  const part = within ?? { start: 0, end: lengthOf(document) };
  const shown = rejected
    ? [...session.entities, ...session.rejected].sort(inTextOrder)
    : session.entities;
  const entities = shown.filter(({ start, end }) => start >= part.start && end <= part.end);
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
  if (whole) {
    yield passage(part.start, part.end);
    return;
  }
  let reach = next;
  const reachesAcross = (end: number, start: number): boolean => {
    while (reach < entities.length && (entities[reach]?.end ?? 0) <= end) reach++;
    for (let at = reach; (entities[at]?.start ?? Infinity) < end; at++) {
      if ((entities[at]?.end ?? 0) > start) return true;
    }
    return false;
  };
  for (const slice of sliceDocument(document)) {
    const text = document.getText(rangeOf(document, slice));
    const { offsets } = await access.segment({ text, languageId: document.languageId });
    if (document.version !== version) throw new Error(changedMeanwhile());
    for (let i = 0; i + 1 < offsets.length; i += 2) {
      const start = Math.max(part.start, slice.start + (offsets[i] ?? 0));
      const end = Math.min(part.end, slice.start + (offsets[i + 1] ?? 0));
      if (start >= end) continue;
      if (joined === undefined) joined = { start, end };
      else if (reachesAcross(joined.end, start)) joined.end = end;
      else {
        yield passage(joined.start, joined.end);
        joined = { start, end };
      }
    }
  }
  if (joined !== undefined) yield passage(joined.start, Math.min(joined.end, part.end));
}

function changedMeanwhile(): string {
  return vscode.l10n.t('The document was edited during the export. Export it again.');
}
