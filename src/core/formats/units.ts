import { phrase, type Phrase } from '../messages/phrase';
import type { Range } from '../text/range';
import type { ByteChunks } from './format';
import { join, splitLines } from './lines';
import { SourcePlaces } from './sourcePlaces';
import { collect, decodeUtf8 } from './wholeFile';

/**
 * A stretch of a file: a record, or what stands before, between and after records. The bytes of all
 * units of a file, one after the other, are the file.
 */
export interface Unit {
  readonly kind: 'record' | 'gap';
  readonly bytes: Uint8Array;
  /** Offset of the first byte in the file. */
  readonly start: number;
  /** Line of the first byte, counted from 1. */
  readonly line: number;
  /** Why the record cannot be read, where the file breaks off or goes on in a way it must not. */
  readonly broken?: Phrase;
}

/** What a line is: no part of a record, the first line of one, or a further line of the one before. */
export type LineRole = 'gap' | 'start' | 'more';

/** Says what each line of a file is, asked in their order; `undefined` is a line that is not UTF-8. */
export type LineReader = (line: string | undefined) => LineRole;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const breaks = [new Uint8Array(), new Uint8Array([0x0a]), new Uint8Array([0x0d, 0x0a])];
const byteOrderMark = new Uint8Array([0xef, 0xbb, 0xbf]);

/** The units of a file whose records are lines or runs of lines; keeps one record in memory. */
export async function* unitsOfLines(
  chunks: ByteChunks,
  readLine: LineReader,
): AsyncGenerator<Unit, void> {
  let held: Uint8Array[] = [];
  let heldStart = 0;
  let heldLine = 1;
  let pendingBreak = new Uint8Array();
  let end = 0;
  function* close(): Generator<Unit, void> {
    if (held.length === 0) return;
    const bytes = join(held);
    held = [];
    yield { kind: 'record', bytes, start: heldStart, line: heldLine };
    const start = heldStart + bytes.length;
    if (pendingBreak.length > 0) yield { kind: 'gap', bytes: pendingBreak, start, line: heldLine };
  }
  for await (const line of splitLines(chunks)) {
    if (line.start > end) yield { kind: 'gap', bytes: byteOrderMark, start: 0, line: 1 };
    end = line.start + line.bytes.length + line.breakLength;
    const role = readLine(decoder.decode(line.bytes));
    const lineBreak = breaks[line.breakLength] ?? new Uint8Array();
    if (role === 'more' && held.length > 0) {
      held.push(pendingBreak, line.bytes.slice());
    } else {
      yield* close();
      if (role === 'gap') {
        const bytes = join([line.bytes, lineBreak]);
        if (bytes.length > 0) yield { kind: 'gap', bytes, start: line.start, line: line.number };
        continue;
      }
      // A copy, because the owner of the chunk may use its memory again.
      held = [line.bytes.slice()];
      heldStart = line.start;
      heldLine = line.number;
    }
    pendingBreak = lineBreak;
  }
  yield* close();
}

/** A record in the text of a file: UTF-16 offsets, end exclusive. */
export interface TextRecord extends Range {
  readonly broken?: Phrase;
}

/**
 * The units of a file that is cut as a whole; its text is in memory while that is done. Bytes that are
 * not UTF-8 are one broken record.
 * @param cut Gives the records of the text in order.
 */
export async function* unitsOfText(
  chunks: ByteChunks,
  cut: (text: string) => Iterable<TextRecord>,
): AsyncGenerator<Unit, void> {
  const bytes = await collect(chunks);
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    const broken = phrase`The file is not valid UTF-8`;
    yield { kind: 'record', bytes, start: 0, line: 1, broken };
    return;
  }
  const places = new SourcePlaces(text);
  let at = 0;
  const gap = (end: number, line: number): Unit[] =>
    end > at ? [{ kind: 'gap', bytes: bytes.subarray(at, end), start: at, line }] : [];
  let line = 1;
  for (const { start, end, broken } of cut(text)) {
    const place = places.of(start, end);
    yield* gap(place.start, line);
    const own = bytes.subarray(place.start, place.end);
    yield {
      kind: 'record',
      bytes: own,
      start: place.start,
      line: place.line,
      ...(broken === undefined ? {} : { broken }),
    };
    at = place.end;
    line = place.line;
  }
  yield* gap(bytes.length, line);
}

/** Every line that is not blank is a record. */
export function readSingleLines(): LineReader {
  return (line) => (line?.trim() === '' ? 'gap' : 'start');
}
