import type { Entity } from '../entity/entity';
import { assignIds } from '../entity/entityId';
import { phrase } from '../messages/phrase';
import type { Problem } from '../problem';
import { CodePointMap } from '../text/offsets';
import { withoutKeys } from '../withoutKeys';
import type { PassageData, ReadOptions, WriteOptions } from './format';
import { noteLosses, standingEntities } from './losses';
import { labelOf, readTypeName } from './typeNames';

/** A document of brat: the text, and the annotations that stand off it. */
export interface BratDocument {
  readonly text: string;
  /** Content of the `.ann` file; a document without one has none. */
  readonly annotations: string;
}

/**
 * Reads brat's standoff: `T1<TAB>Type start end<TAB>mention`, code points, end exclusive. Of a span in
 * several pieces the whole stretch is taken, and that is a problem. Relations, events, attributes and
 * notes are kept for `writeBrat` under `extra.brat`.
 */
export function readBrat(
  { text, annotations }: BratDocument,
  options: ReadOptions = {},
): { passage: PassageData; problems: Problem[] } {
  const map = new CodePointMap(text);
  const problems: Problem[] = [];
  const drafts: Omit<Entity, 'id'>[] = [];
  const others: string[] = [];
  annotations.split(/\r?\n/u).forEach((line, index) => {
    if (line.trim() === '') return;
    if (!line.startsWith('T')) {
      others.push(line);
      return;
    }
    const number = index + 1;
    const found = /^(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?$/u.exec(line);
    const [, mark = '', name = '', pieces = '', mention] = found ?? [];
    const offsets = pieces.split(/[ ;]/u).map(Number);
    const from = Math.min(...offsets);
    const to = Math.max(...offsets);
    if (found === null || from >= to || to > map.length) {
      others.push(line);
      problems.push({
        kind: 'entity',
        message: phrase`The line is no span of the text, which has ${map.length} code points`,
        mend: phrase`It is kept; write T1, a tab, the type, start and end, a tab and the mention.`,
        line: number,
      });
      return;
    }
    const [start, end] = [map.toUtf16(from), map.toUtf16(to)];
    if (offsets.length > 2) {
      problems.push({
        kind: 'discontinuous',
        message: phrase`“${mention ?? mark}” stands in ${offsets.length / 2} pieces`,
        mend: phrase`The stretch from the first to the last is taken; its pieces are kept while it is not moved.`,
        line: number,
      });
    } else if (mention !== undefined && mention !== oneLine(text.slice(start, end))) {
      problems.push({
        kind: 'mention',
        message: phrase`At ${from} to ${to} stands “${text.slice(start, end)}”, not “${mention}”`,
        mend: phrase`The offsets are taken; check that the text is the one that was annotated.`,
        line: number,
      });
    }
    const { problem, ...type } = readTypeName(name.replaceAll('_', ' '), options.taxonomy);
    if (problem !== undefined) problems.push({ ...problem, line: number });
    const kept = offsets.length > 2 ? { bratPieces: pieces } : {};
    drafts.push({ start, end, ...type, state: 'suggested', extra: { bratId: mark, ...kept } });
  });
  drafts.sort((a, b) => a.start - b.start || b.end - a.end);
  const extra = others.length === 0 ? {} : { extra: { brat: others } };
  return { passage: { text, entities: assignIds(text, drafts), ...extra }, problems };
}

/** The passage as a document of brat; lines that were no spans come after the spans. */
export function writeBrat(passage: PassageData, options: WriteOptions = {}): BratDocument {
  const { text, extra = {} } = passage;
  const { brat } = extra;
  noteBratLosses(passage, options);
  const map = new CodePointMap(text);
  const entities = standingEntities(passage);
  const taken = new Set(entities.map((entity) => entity.extra?.['bratId']));
  let next = 1;
  const lines = entities.map((entity) => {
    const known = entity.extra?.['bratId'];
    while (typeof known !== 'string' && taken.has(`T${next}`)) next++;
    const mark = typeof known === 'string' ? known : `T${next++}`;
    return `${annotationLine(entity, mark, bratType(entity, options), { text, map })}\n`;
  });
  const others = Array.isArray(brat) ? brat.filter((line) => typeof line === 'string') : [];
  return { text, annotations: [...lines, ...others.map((line) => `${line}\n`)].join('') };
}

/** Tells what brat cannot say of a passage. */
export function noteBratLosses(passage: PassageData, { onNote }: WriteOptions): void {
  const can = { nested: true, crossing: true, ids: true, entityKeys: true };
  const own = { ...passage, extra: withoutKeys(passage.extra ?? {}, 'brat') };
  noteLosses(own, can, onNote === undefined ? {} : { onNote: (note) => onNote(note, passage) });
}

/** The type of an entity as brat writes it. */
export function bratType(entity: Entity, { level }: WriteOptions): string {
  return labelOf(entity, level).replaceAll(/\s+/gu, '_');
}

/** The line of an entity, without its line break. */
export function annotationLine(
  entity: Entity,
  mark: string,
  type: string,
  { text, map }: { readonly text: string; readonly map: CodePointMap },
): string {
  const place = piecesOf(entity, map.toCodePoint(entity.start), map.toCodePoint(entity.end));
  const mention = place
    .split(';')
    .map((piece) => piece.split(' ').map(Number))
    .map(([start = 0, end = 0]) => oneLine(text.slice(map.toUtf16(start), map.toUtf16(end))))
    .join(' ');
  return `${mark}\t${type} ${place}\t${mention}`;
}

/** The pieces that were read, while they still begin and end where the entity does. */
function piecesOf(entity: Entity, from: number, to: number): string {
  const known = entity.extra?.['bratPieces'];
  if (typeof known === 'string' && known.startsWith(`${from} `) && known.endsWith(` ${to}`)) {
    return known;
  }
  return `${from} ${to}`;
}

/** brat writes a mention on one line. */
function oneLine(mention: string): string {
  return mention.replaceAll(/[\r\n\t]/gu, ' ');
}
