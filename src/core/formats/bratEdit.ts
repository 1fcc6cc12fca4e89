import type { Entity } from '../entity/entity';
import { phrase } from '../messages/phrase';
import { CodePointMap } from '../text/offsets';
import { annotationLine, bratType, noteBratLosses, readBrat, type BratDocument } from './brat';
import type { PassageData, ReadOptions, WriteOptions } from './format';
import { standingEntities } from './losses';

/** A line of a span, and what of it is as in the file. */
interface Span {
  readonly mark: string;
  readonly type: string;
  readonly entity: Entity;
}

/**
 * A document with a passage in place of what it said. Lines of spans that say the same, and all lines that
 * are no spans, stay byte for byte and where they were; new spans come at the end.
 */
export function editBrat(
  before: BratDocument,
  passage: PassageData,
  options: ReadOptions & WriteOptions = {},
): BratDocument {
  noteBratLosses(passage, options);
  const { text } = passage;
  const place = { text, map: new CodePointMap(text) };
  const old = { text: before.text, map: new CodePointMap(before.text) };
  const write = (entity: Entity, { mark, type, entity: was }: Span) => {
    const own = isSamePath(entity, was) ? type : bratType(entity, options);
    return annotationLine(entity, mark, own, place);
  };
  const waiting = new Waiting(standingEntities(passage));
  const lines = spansByLine(before, options).map(({ line, ending, span }) => {
    if (span === undefined) return { line, ending };
    const same = annotationLine(span.entity, span.mark, span.type, old);
    const kept = waiting.take(span.mark, (entity) => write(entity, span) === same);
    return { line, ending, ...(kept === undefined ? { span } : {}) };
  });
  const gone: string[] = [];
  let annotations = '';
  for (const { line, ending, span } of lines) {
    if (span === undefined) annotations += line + ending;
    else {
      const entity = waiting.take(span.mark);
      if (entity === undefined) gone.push(span.mark);
      else annotations += write(entity, span) + ending;
    }
  }
  noteReferences(gone, annotations, passage, options);
  const ending = /\r?\n/u.exec(before.annotations)?.[0] ?? '\n';
  const added = waiting.rest();
  if (added.length > 0 && annotations !== '' && !annotations.endsWith('\n')) annotations += ending;
  // A number that was used before may still be referred to.
  let last = highestMark(before.annotations);
  for (const entity of added) {
    annotations += annotationLine(entity, `T${++last}`, bratType(entity, options), place) + ending;
  }
  return { text, annotations };
}

/** The lines of an `.ann` file; `span` is what a line says that is one. */
function spansByLine(document: BratDocument, options: ReadOptions) {
  const { entities } = readBrat(document, options).passage;
  const waiting = new Waiting(entities);
  const map = new CodePointMap(document.text);
  return [...document.annotations.matchAll(/([^\n]*?)(\r?\n|$)/gu)]
    .filter(([all]) => all !== '')
    .map(([, line = '', ending = '']) => {
      const [, mark = '', type = '', pieces = ''] =
        /^(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t.*)?$/u.exec(line) ?? [];
      const offsets = pieces.split(/[ ;]/u).map(Number);
      const entity = waiting.take(
        mark,
        ({ start, end }) =>
          map.toCodePoint(start) === Math.min(...offsets) &&
          map.toCodePoint(end) === Math.max(...offsets),
      );
      if (entity === undefined) return { line, ending };
      return { line, ending, span: { mark, type, entity } };
    });
}

/** Entities that have no line yet, by the mark that they had in the file; a mark may stand twice. */
class Waiting {
  private readonly byMark = new Map<unknown, Entity[]>();

  constructor(private readonly entities: readonly Entity[]) {
    for (const entity of entities) {
      const mark = entity.extra?.['bratId'];
      const same = this.byMark.get(mark);
      if (same === undefined) this.byMark.set(mark, [entity]);
      else same.push(entity);
    }
  }

  /** The first of a mark that is wanted, which then waits no longer. */
  take(mark: string, isWanted: (entity: Entity) => boolean = () => true): Entity | undefined {
    const same = this.byMark.get(mark);
    const at = same?.findIndex(isWanted) ?? -1;
    return at < 0 ? undefined : same?.splice(at, 1)[0];
  }

  /** Those that are left, in text order. */
  rest(): Entity[] {
    const left = new Set([...this.byMark.values()].flat());
    return this.entities.filter((entity) => left.has(entity));
  }
}

function isSamePath(a: Entity, b: Entity): boolean {
  return a.path.length === b.path.length && a.path.every((name, index) => name === b.path[index]);
}

function highestMark(annotations: string): number {
  let highest = 0;
  for (const [, number] of annotations.matchAll(/\bT(\d+)\b/gu)) {
    highest = Math.max(highest, Number(number));
  }
  return highest;
}

function noteReferences(
  gone: readonly string[],
  annotations: string,
  passage: PassageData,
  { onNote }: WriteOptions,
): void {
  if (onNote === undefined || gone.length === 0) return;
  const others = new Set(
    annotations
      .split(/\r?\n/u)
      .filter((line) => !line.startsWith('T'))
      .flatMap((line) => line.match(/\bT\w+\b/gu) ?? []),
  );
  if (!gone.some((mark) => others.has(mark))) return;
  const message = phrase`Relations, events, attributes or notes are about spans that were removed; they stay in the .ann files.`;
  onNote({ kind: 'references', message, lost: true }, passage);
}
