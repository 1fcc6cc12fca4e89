import type { Entity } from '../entity/entity';
import { assignIds } from '../entity/entityId';
import { inTextOrder } from '../entity/resolveOverlaps';
import { phrase } from '../messages/phrase';
import type { Problem } from '../problem';
import type { Format, PassageData, ReadOptions, WriteOptions } from './format';
import { noteLosses, standingEntities } from './losses';
import type { ReadPassage } from './passageJson';
import { recordFormat, type RecordFile } from './records';
import { tokenise, trimToTokens } from './tokens';
import { labelOf, readTypeName } from './typeNames';
import { unitsOfLines, type LineReader } from './units';
import { escapeText, writeCell, type CellItem } from './webannoCells';
import {
  findEntityLayer,
  readSentenceLines,
  readSpans,
  type EntityLayer,
  type WebAnnoSentence,
} from './webannoRows';

const layerType = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity';
const ownHead = ['#FORMAT=WebAnno TSV 3.3', `#T_SP=${layerType}|identifier|value`];

/**
 * WebAnno TSV 3 (3.1 to 3.3), which INCEpTION exports: a token a line with its offsets in UTF-16 units
 * of the document, and a column for each feature of each layer. Of its layers that of named entities is
 * read; a changed entity changes the columns of that layer only. A sentence is a passage.
 */
export const webAnnoFormat: Format = recordFormat({
  name: 'webanno',
  title: phrase`WebAnno TSV 3.3`,
  extensions: ['.tsv'],
  head: `${ownHead.join('\n')}\n\n\n`,
  gap: 2,
  detect: (head) => (/^\ufeff?#FORMAT=WebAnno TSV 3/u.test(new TextDecoder().decode(head)) ? 1 : 0),
  open: () => new WebAnnoFile(),
});

/** Its head says which columns the entities are in; new sentences go on counting where the last ended. */
class WebAnnoFile implements RecordFile {
  private readonly head: string[] = [];
  private sentences = 0;
  private end = 0;
  private lastId = 0;

  readonly units: RecordFile['units'] = (chunks) => unitsOfLines(chunks, this.lineReader());

  readonly read = (block: string, options: ReadOptions): ReadPassage => {
    const sentence = readSentenceLines(block.split(/\r?\n/u));
    if (sentence === undefined) {
      return {
        problem: {
          kind: 'columns',
          message: phrase`The sentence has no line with a token`,
          mend: phrase`Write its number, a tab, start-end, a tab and the token.`,
        },
      };
    }
    const { text } = sentence;
    const problems: Problem[] = [];
    const drafts: Omit<Entity, 'id'>[] = [];
    for (const { start, end, type, line } of readSpans(sentence, this.layer)) {
      if (start < 0 || end > text.length || start >= end) {
        problems.push({
          kind: 'offset',
          message: phrase`The offsets lie outside the sentence`,
          mend: phrase`They are not used; count from the beginning of the document in UTF-16 units.`,
          line: line + 1,
        });
        continue;
      }
      const { problem, ...typed } = readTypeName(type, options.taxonomy);
      if (problem !== undefined) problems.push({ ...problem, line: line + 1 });
      drafts.push({ start, end, ...typed, state: 'suggested' });
    }
    drafts.sort(inTextOrder);
    return { passage: { text, entities: assignIds(text, drafts) }, problems };
  };

  readonly write = (
    passage: PassageData,
    options: WriteOptions & ReadOptions,
    before?: string,
  ): string => {
    // Trimming moves edges: numbers follow the order in which the written entities are read.
    const entities = standingEntities(passage)
      .flatMap((entity) => trimToTokens(entity, passage.text) ?? [])
      .sort(inTextOrder);
    const old = before === undefined ? undefined : readSentenceLines(before.split(/\r?\n/u));
    const sentence = old?.text === passage.text ? old : undefined;
    if (sentence !== undefined && before !== undefined) {
      const cells = this.cellsOf(sentence.rows, entities, options);
      if (cells !== undefined) {
        note(passage, options, 1, false);
        return this.replaceCells(before, sentence, cells);
      }
    }
    const tokens = tokenise(passage, []);
    note(passage, options, tokens.length, old !== undefined);
    if (tokens.length === 0) return '';
    const base = old?.base ?? this.end;
    const number = Number(old?.rows[0]?.number.split('-')[0] ?? this.sentences + 1);
    if (old === undefined) {
      this.sentences = number;
      this.end = base + passage.text.length + 1;
    }
    const rows = withParts(tokens, entities);
    const cells = this.cellsOf(rows, entities, options) ?? [];
    const width = Math.max(this.layer.end, 5);
    const lines = rows.map(({ start, end, part }, at) => {
      const columns = Array.from({ length: width - 3 }, () => '_');
      this.fill(columns, cells[at] ?? []);
      const mark = `${number}-${part}`;
      const word = escapeText(passage.text.slice(start, end));
      return [mark, `${base + start}-${base + end}`, word, ...columns, ''].join('\t');
    });
    const text = passage.text.split('\n').map((line) => `#Text=${escapeText(line)}`);
    return [...text, ...lines].join(/\r\n/u.test(before ?? '') ? '\r\n' : '\n');
  };

  private get layer(): EntityLayer {
    return (
      findEntityLayer(this.head.length === 0 ? ownHead : this.head) ?? {
        name: 'NamedEntity',
        first: 3,
        end: 5,
        column: 4,
      }
    );
  }

  private lineReader(): LineReader {
    let inside = false;
    return (line = '\ufffd') => {
      const isHead = /^\ufeff?#(?:FORMAT|T_(?:SP|RL|CH))=/u.test(line);
      if (isHead) this.head.push(line.replace(/^\ufeff/u, '').trim());
      if (isHead || line.trim() === '') {
        inside = false;
        return 'gap';
      }
      const role = inside ? 'more' : 'start';
      if (!inside) this.sentences++;
      inside = true;
      const [, end] = /^\S+\t\d+-(\d+)\t/u.exec(line) ?? [];
      this.end = Math.max(this.end, Number(end ?? -1) + 1);
      for (const [, id] of line.matchAll(/\[(\d+)\]/gu)) {
        this.lastId = Math.max(this.lastId, Number(id));
      }
      return role;
    };
  }

  /** For each row the entities on it; undefined where an entity's edges are not edges of rows. */
  private cellsOf(
    rows: readonly { readonly start: number; readonly end: number }[],
    entities: readonly Entity[],
    options: WriteOptions,
  ): CellItem[][] | undefined {
    const cells: CellItem[][] = rows.map(() => []);
    for (const entity of entities) {
      const own = rows.flatMap(({ start, end }, at) =>
        entity.start <= start && end <= entity.end ? [at] : [],
      );
      const [first, last] = [rows[own[0] ?? -1], rows[own.at(-1) ?? -1]];
      if (first?.start !== entity.start || last?.end !== entity.end) return undefined;
      // A number tells annotations of several tokens, and several on one token, apart.
      const id = String(++this.lastId);
      for (const at of own) cells[at]?.push({ value: labelOf(entity, options.level), id });
    }
    return cells;
  }

  private fill(columns: string[], items: readonly CellItem[]): void {
    const { first, end, column } = this.layer;
    for (let at = first; at < end; at++) {
      const shown =
        at === column
          ? items
          : items.map(({ id }) => ({ value: undefined, ...(id === undefined ? {} : { id }) }));
      columns[at - 3] = writeCell(shown);
    }
  }

  /** The block with other cells of the layer; rows whose entities are the same stay as they are. */
  private replaceCells(
    block: string,
    sentence: WebAnnoSentence,
    cells: readonly (readonly CellItem[])[],
  ): string {
    const before = readSpans(sentence, this.layer);
    const wanted = new Map(sentence.rows.map(({ line }, at) => [line, cells[at] ?? []]));
    const plain = (items: readonly { readonly value: string | undefined }[]) =>
      items
        .map(({ value }) => value ?? this.layer.name)
        .sort()
        .join('\n');
    const known = (start: number, end: number) =>
      before.filter((span) => span.start <= start && end <= span.end);
    const changed = sentence.rows.some(({ start, end }, at) => {
      const old = known(start, end).map(({ type }) => ({ value: type }));
      return plain(old) !== plain(cells[at] ?? []);
    });
    if (!changed) return block;
    let line = 0;
    return block.replaceAll(/[^\r\n]+/gu, (written) => {
      const items = wanted.get(line++);
      if (items === undefined) return written;
      const all = written.split('\t');
      const columns = all.slice(3);
      this.fill(columns, items);
      return [...all.slice(0, 3), ...columns].join('\t');
    });
  }
}

/** Rows of tokens, and of the parts of tokens that entities begin or end inside. */
function withParts(
  tokens: readonly { readonly start: number; readonly end: number }[],
  entities: readonly Entity[],
) {
  return tokens.flatMap((token, at) => {
    const number = String(at + 1);
    const whole = { ...token, part: number };
    const inside = (offset: number) => token.start < offset && offset < token.end;
    const cuts = [...new Set(entities.flatMap(({ start, end }) => [start, end]))]
      .filter(inside)
      .sort((a, b) => a - b);
    const edges = [token.start, ...cuts, token.end];
    const parts = edges.slice(1).map((end, part) => ({
      start: edges[part] ?? 0,
      end,
      part: `${number}.${part + 1}`,
    }));
    return cuts.length === 0 ? [whole] : [whole, ...parts];
  });
}

function note(
  passage: PassageData,
  options: WriteOptions,
  tokens: number,
  isRewritten: boolean,
): void {
  noteLosses(passage, { nested: true, crossing: true }, options, [
    [tokens === 0, 'empty', phrase`The format has no place for passages without words.`],
    [
      isRewritten,
      'columns',
      phrase`Tokens have changed: other layers of their sentence are left out, and offsets of later ones stay.`,
    ],
  ]);
}
