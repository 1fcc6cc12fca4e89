import { InputError } from '../../core/errors';
import type { FormatRecord, PassageData, ReadOptions } from '../../core/formats/format';
import type { Problem } from '../../core/problem';
import { readLines } from './lines';
import { openFormat } from './records';
import type { Source } from './sources';

/** A passage of an input, or what stands in its place where the input could not be read. */
export type InputPassage =
  | {
      readonly source: Source;
      /** Line of the input where it begins, counted from 1. */
      readonly line: number;
      readonly data: PassageData;
      readonly problems: readonly Problem[];
    }
  | { readonly source: Source; readonly line: number; readonly error: InputError };

/** What a passage of plain text is. */
export type TextPassages = 'line' | 'paragraph' | 'file';

export interface PassageOptions extends Omit<ReadOptions, 'passages'> {
  /** Name of the format; found out from the file's name and beginning when absent. */
  readonly from?: string;
  readonly encoding?: string;
  readonly text: TextPassages;
}

/**
 * The passages of an input, in order, as they arrive.
 * @throws {InputError} when the input cannot be opened, is binary, or is of no known format.
 */
export async function* readPassages(
  source: Source,
  options: PassageOptions,
): AsyncGenerator<InputPassage> {
  const { from, encoding, text, ...readOptions } = options;
  const opened = await openFormat(source, {
    ...(from === undefined ? {} : { from }),
    ...(encoding === undefined ? {} : { encoding }),
  });
  if (opened === undefined) return;
  const { format, chunks, utf8 } = opened;
  if (format.name === 'text' && text === 'line') {
    yield* readTextLines(source, chunks, encoding);
    return;
  }
  const passages = text === 'file' ? 'file' : 'paragraphs';
  for await (const record of format.read(utf8(), { ...readOptions, passages })) {
    yield inputPassage(record, source);
  }
}

/** The problem as the error that stands in the place of a record. */
export function errorOf({ message, mend, line, field }: Problem, source: string): InputError {
  return new InputError(message, mend, {
    source,
    ...(line === undefined ? {} : { line }),
    ...(field === undefined ? {} : { field }),
  });
}

function inputPassage(record: FormatRecord, source: Source): InputPassage {
  const { line } = record.source;
  if (record.kind === 'bad') {
    return { source, line, error: errorOf({ line, ...record.problem }, source.name) };
  }
  const { id, text, lang, entities, unplaced, unread, extra, problems } = record;
  const data: PassageData = {
    ...(id === undefined ? {} : { id }),
    text,
    ...(lang === undefined ? {} : { lang }),
    entities,
    ...(unplaced === undefined ? {} : { unplaced }),
    ...(unread === undefined ? {} : { unread }),
    ...(extra === undefined ? {} : { extra }),
  };
  return { source, line, data, problems };
}

async function* readTextLines(
  source: Source,
  chunks: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
): AsyncGenerator<InputPassage> {
  const options = { source: source.name, ...(encoding === undefined ? {} : { encoding }) };
  for await (const line of readLines(chunks, options)) {
    if ('error' in line) yield { source, line: line.number, error: line.error };
    else {
      const data: PassageData = { text: line.text, entities: [] };
      yield { source, line: line.number, data, problems: [] };
    }
  }
}
