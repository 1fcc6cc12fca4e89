import { InputError } from '../errors';
import { applyEdits } from '../json/editObject';
import { splitParagraphs } from '../text/paragraphs';
import type { Range } from '../text/range';
import { phrase } from '../messages/phrase';
import type {
  ByteChunks,
  Format,
  FormatRecord,
  PassageData,
  PassageEdits,
  ReadOptions,
  WriteOptions,
} from './format';
import { SourcePlaces } from './sourcePlaces';
import { unitsOfText } from './units';
import { collect, decodeUtf8, encodeUtf8 } from './wholeFile';

const separator = '\n\n';
const notUtf8 = {
  kind: 'encoding',
  message: phrase`The file is not valid UTF-8`,
  mend: phrase`Save it as UTF-8, or name its encoding.`,
  line: 1,
};

/** Plain text and Markdown: a passage is the whole file or a paragraph; there is no place for entities. */
export const textFormat: Format = {
  name: 'text',
  title: phrase`Plain text`,
  extensions: ['.txt', '.md'],
  streaming: false,

  detect(head, fileName = '') {
    const named = this.extensions.some((ending) => fileName.toLowerCase().endsWith(ending));
    if (head.includes(0)) return 0;
    return named ? 0.7 : 0.1;
  },

  async *read(chunks, options = {}) {
    const text = decodeUtf8(await collect(chunks));
    if (text === undefined) {
      yield { kind: 'bad', index: 0, source: { start: 0, end: 0, line: 1 }, problem: notUtf8 };
      return;
    }
    yield* readRecords(text, options);
  },

  open: (_head, options = {}) => ({
    units: (chunks) => unitsOfText(chunks, (text) => passagesOf(text, options)),
    read: (text) => ({ passage: { text, entities: [] }, problems: [] }),
  }),

  async *write(passages, options = {}) {
    let last = '';
    for await (const passage of passages) {
      noteLosses(passage, options);
      if (last !== '') yield encodeUtf8(last.endsWith('\n') ? '\n' : separator);
      last = passage.text === '' ? separator : passage.text;
      yield encodeUtf8(passage.text);
    }
    if (last !== '' && !last.endsWith('\n')) yield encodeUtf8('\n');
  },

  async *edit(chunks, edits, options = {}) {
    yield encodeUtf8(await editText(chunks, edits, options));
  },
};

function* readRecords(text: string, options: ReadOptions): Generator<FormatRecord, void> {
  const places = new SourcePlaces(text);
  for (const [index, { start, end }] of passagesOf(text, options).entries()) {
    yield {
      kind: 'passage',
      index,
      source: places.of(start, end),
      text: text.slice(start, end),
      entities: [],
      problems: [],
    };
  }
}

/** Passages in UTF-16 units of the text, without a byte order mark; an empty file has none. */
function passagesOf(text: string, options: ReadOptions): Range[] {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  if (options.passages === 'paragraphs') return splitParagraphs(text, { start });
  return text.length > start ? [{ start, end: text.length }] : [];
}

async function editText(
  chunks: ByteChunks,
  { replaced, inserted }: PassageEdits,
  options: ReadOptions & WriteOptions,
): Promise<string> {
  const text = decodeUtf8(await collect(chunks));
  if (text === undefined) throw new InputError(notUtf8.message, notUtf8.mend);
  const passages = passagesOf(text, options);
  const gap = text.includes('\r\n') ? '\r\n\r\n' : separator;
  const edits: { start: number; end: number; text: string }[] = [];
  for (const [index, passage] of replaced) {
    const range = passages[index];
    if (range === undefined) throw new RangeError(`There is no record ${index}.`);
    if (passage !== null) {
      noteLosses(passage, options);
      edits.push({ ...range, text: passage.text });
    } else {
      // What parted it from the next goes too.
      edits.push({ start: range.start, end: passages[index + 1]?.start ?? range.end, text: '' });
    }
  }
  for (const [index, fresh] of inserted ?? []) {
    fresh.forEach((passage) => noteLosses(passage, options));
    const at = passages[index]?.start ?? passages.at(-1)?.end ?? text.length;
    const isLast = passages[index] === undefined;
    const texts = fresh.map((passage) => (isLast ? gap + passage.text : passage.text + gap));
    edits.push({ start: at, end: at, text: texts.join('') });
  }
  return applyEdits(text, edits);
}

function noteLosses(passage: PassageData, { onNote }: WriteOptions): void {
  const { entities, id, lang, extra } = passage;
  if (entities.length > 0) {
    onNote?.(
      { kind: 'entities', message: phrase`Plain text has no entities.`, lost: true },
      passage,
    );
  }
  if (id !== undefined || lang !== undefined || extra !== undefined) {
    const message = phrase`Plain text has no ids, languages and other keys.`;
    onNote?.({ kind: 'keys', message, lost: true }, passage);
  }
}
