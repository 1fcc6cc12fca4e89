import { scoreAtLevel } from '../entity/entity';
import { writeEntity } from './entityJson';
import { CodePointMap } from '../text/offsets';
import { phrase } from '../messages/phrase';
import type { Format, PassageData, ReadOptions, WriteOptions } from './format';
import { badPassage } from './jsonRecords';
import { noteLosses, standingEntities } from './losses';
import { readMarkedText } from './markedJson';
import type { ReadPassage } from './passageJson';
import { recordFormat, type RecordFile } from './records';
import { unitsOfLines, type LineReader } from './units';

const columns = ['id', 'text', 'start', 'end', 'label', 'mention', 'score', 'path'] as const;

/**
 * CSV (RFC 4180) with a row for each span: `id,text,start,end,label,mention,score,path`, and a row with
 * empty places for a passage without spans. Rows in a row with one id and text are one passage; columns
 * are known by the header, unknown ones are not kept in new rows. Offsets are code points.
 */
export const csvFormat: Format = recordFormat({
  name: 'csv',
  title: phrase`CSV of spans`,
  extensions: ['.csv'],
  gap: 1,
  head: `${columns.join(',')}\n`,
  open: openCsv,
  detect(head, fileName = '') {
    const text = new TextDecoder().decode(head).replace(/^\ufeff/u, '');
    const names = splitRow(text.split(/\r?\n/u, 1)[0] ?? '').map((name) => name.toLowerCase());
    const fits = ['text', 'start', 'end', 'label'].every((name) => names.includes(name));
    if (!fits) return 0;
    return fileName.toLowerCase().endsWith('.csv') ? 1 : 0.9;
  },
});

type Row = Readonly<Record<string, string>>;

function openCsv(): RecordFile {
  let header: readonly string[] = columns;
  const readHeader = (names: readonly string[]) => {
    header = names.map((name) => name.trim().toLowerCase());
  };
  const rowOf = (line: string): Row => {
    const cells = splitRow(line);
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
  };
  let count = 0;
  let last: string | undefined;
  // Passages whose rows would be taken for those of the one before need an id of their own.
  const withId = (passage: PassageData): PassageData => {
    count++;
    const { id = '', text } = passage;
    const needsId = (id === '' && text.includes('\n')) || rowKey(id, text) === last;
    const given = needsId
      ? { ...passage, id: `${id === '' ? 'passage' : `${id}#`}${count}` }
      : passage;
    last = rowKey(given.id ?? '', text);
    return given;
  };
  return {
    units: (chunks) => unitsOfLines(chunks, readRows(readHeader, rowOf)),
    read: (text, options) => readRowsOfPassage(splitRows(text).map(rowOf), options),
    write: (passage, options, before) => {
      noteLosses(
        passage,
        { ids: true, scores: true, paths: true, nested: true, crossing: true },
        options,
      );
      const lineBreak = before?.includes('\r\n') === true ? '\r\n' : '\n';
      const old = before === undefined ? [] : splitRows(before);
      // A row that says the same stays as it is.
      const known = new Map(old.map((line) => [keyOf(rowOf(line)), line]));
      return rowsOf(before === undefined ? withId(passage) : passage, options)
        .map(
          (row) => known.get(keyOf(row)) ?? header.map((name) => quote(row[name] ?? '')).join(','),
        )
        .join(lineBreak);
    },
  };
}

/** A row goes on while a quote is open; a passage goes on while its id and text stay the same. */
function readRows(
  readHeader: (names: readonly string[]) => void,
  rowOf: (line: string) => Row,
): LineReader {
  let row = '';
  let isOpen = false;
  let key: string | undefined;
  let isHeader = true;
  let number = 0;
  return (line = '') => {
    if (isOpen) {
      row += `\n${line}`;
      isOpen = hasOpenQuote(row);
      return 'more';
    }
    if (line.trim() === '') {
      key = undefined;
      return 'gap';
    }
    if (isHeader) {
      isHeader = false;
      readHeader(splitRow(line));
      return 'gap';
    }
    row = line;
    isOpen = hasOpenQuote(line);
    // Without an id, the rest of a text that goes on in the next line could be another one.
    const { id = '', text = '' } = rowOf(line);
    const next = isOpen && id === '' ? `#${number++}` : rowKey(id, text);
    const goesOn = next === key;
    key = next;
    return goesOn ? 'more' : 'start';
  };
}

function readRowsOfPassage(rows: readonly Row[], options: ReadOptions): ReadPassage {
  const { id, text } = rows[0] ?? {};
  if (text === undefined) {
    return badPassage(
      phrase`The row has no text`,
      phrase`Name the columns in the first line: ${columns.join(', ')}.`,
      'text',
    );
  }
  const items = rows.filter(({ start, end, label }) => `${start}${end}${label}` !== '');
  return readMarkedText(
    {
      text,
      textKey: 'text',
      items,
      itemsKey: 'rows',
      toEntity: (row) => entityOf(row as Row),
      extra: {},
      ...(id === undefined || id === '' ? {} : { id }),
    },
    options,
  );
}

function entityOf({ start = '', end = '', label, score = '', path = '' }: Row) {
  return {
    start: start.trim() === '' ? start : Number(start),
    end: end.trim() === '' ? end : Number(end),
    label,
    ...(score === '' ? {} : { score: Number(score) }),
    ...(path === '' ? {} : { path: path.split(' > ') }),
  };
}

function rowsOf(passage: PassageData, options: WriteOptions): Row[] {
  const { id = '', text } = passage;
  const map = new CodePointMap(text);
  const rows = standingEntities(passage).map((entity): Row => {
    const { start, end, label } = writeEntity(entity, map, options);
    return {
      id,
      text,
      start: String(start),
      end: String(end),
      label: String(label),
      mention: text.slice(entity.start, entity.end),
      score: String(scoreAtLevel(entity, options.level) ?? ''),
      path: entity.path.length > 1 ? entity.path.join(' > ') : '',
    };
  });
  return rows.length > 0 ? rows : [{ id, text }];
}

function rowKey(id: string, text: string): string {
  return `${id}\n${text.split(/\r?\n/u, 1)[0] ?? ''}`;
}

function keyOf(row: Row): string {
  return JSON.stringify(columns.map((name) => row[name] ?? ''));
}

function quote(cell: string): string {
  return /[",\r\n]|^[\s\ufeff]|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function hasOpenQuote(text: string): boolean {
  let open = false;
  for (const character of text) if (character === '"') open = !open;
  return open;
}

/** The rows of a record, each with the line breaks of its quoted cells. */
function splitRows(text: string): string[] {
  const rows: string[] = [];
  for (const line of text.split(/(?<=\n)/u)) {
    const last = rows.at(-1);
    if (last !== undefined && hasOpenQuote(last)) rows[rows.length - 1] = last + line;
    else rows.push(line);
  }
  return rows.map((row) => row.replace(/\r?\n$/u, ''));
}

function splitRow(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  do {
    const quoted = /"((?:[^"]|"")*)"?/uy;
    quoted.lastIndex = at;
    const found = line[at] === '"' ? quoted.exec(line) : null;
    const end = line.indexOf(',', found === null ? at : quoted.lastIndex);
    const stop = end < 0 ? line.length : end;
    cells.push(found === null ? line.slice(at, stop) : (found[1] ?? '').replaceAll('""', '"'));
    at = stop + 1;
  } while (at <= line.length);
  return cells;
}
