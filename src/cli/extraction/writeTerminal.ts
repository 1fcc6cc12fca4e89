import { pathAtLevel } from '../../core/labels/taxonomy';
import type { LabelList } from '../../core/labels/labelList';
import type { Entity } from '../../core/entity/entity';
import type { Style } from '../terminal/colours';
import { renderEntities } from '../terminal/renderEntities';
import { EntitySummary } from '../terminal/summary';
import type { Result } from './results';
import type { ResultWriter } from './writers';

export interface TerminalOptions {
  readonly style: Style;
  readonly columns: number;
  readonly labels: LabelList;
  /** Level of the names after entities (0 = top); the deepest known when absent. */
  readonly level: number | undefined;
  /** The line at the end, asked for when all results are there. */
  readonly closing: () => string;
}

/**
 * The texts with their entities marked, as far apart as they stood in their files, then a table of
 * the entities by type, and a closing line.
 */
export function writeTerminal(options: TerminalOptions): ResultWriter {
  const { style, columns, labels, level } = options;
  const places = new Map(labels.taxonomy.roots.map(({ name }, place) => [name, place]));
  const placeOf = ({ path }: Entity) => places.get(path[0] ?? '') ?? places.size;
  const labelOf = ({ path }: Entity) =>
    (level === undefined ? path : pathAtLevel(path, level)).at(-1) ?? '';
  return async function* (results) {
    const summary = new EntitySummary();
    let before: { readonly result: Result; readonly lines: number } | undefined;
    for await (const result of results) {
      yield gap(before, result);
      if (!('data' in result)) continue;
      const { text, entities } = result.data;
      for (const entity of entities) summary.add(text, entity, placeOf(entity));
      yield `${renderEntities(text, entities, { style, columns, labelOf, placeOf })}\n`;
      before = { result, lines: countLines(text) };
    }
    if (summary.entities > 0) yield `\n${summary.format(style, columns)}\n`;
    yield `\n${style.faint(options.closing())}\n`;
  };
}

/** Blank lines between two passages of a file, at most one; one between files. */
function gap(
  before: { readonly result: Result; readonly lines: number } | undefined,
  { input }: Result,
): string {
  if (before === undefined) return '';
  const { source, line } = before.result.input;
  return source === input.source && input.line <= line + before.lines ? '' : '\n';
}

function countLines(text: string): number {
  return text.split(/\r\n|\r|\n/).length;
}
