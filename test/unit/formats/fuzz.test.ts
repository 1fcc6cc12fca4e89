import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DataSetCheck } from '../../../src/core/checks/checkDataSet';
import { InputError } from '../../../src/core/errors';
import type { ByteChunks, Format, FormatRecord } from '../../../src/core/formats/format';
import { findFormat, formats } from '../../../src/core/formats/formats';
import { collect } from '../../../src/core/formats/wholeFile';
import { phraseText } from '../../../src/core/messages/phrase';
import { runs } from '../scale';
import { anyPassage } from './arbitraries';
import { bytesOf, chunksOf, readAll, write } from './streams';

/** What breaks files: halves of characters, brackets, tags, offsets that are none, marks, zero bytes. */
const noise = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 4 }),
  fc
    .constantFrom(
      ...['"', '\\', '{', '}', '[', ']', ',', ':', '\n', '\r\n', '\t', ' ', '\0', '\ufeff', '##'],
      ...['null', '-1', '1e999', '99999999999', 'true', '""', '[]', '{}', '"text":', '\\ud83e'],
      ...[
        'B-',
        'I-x',
        'O',
        '<a>',
        '</a>',
        '&#xffffffff;',
        '#Text=',
        '1-1\t0-9\t',
        'T1\t',
        '|',
        '_',
      ],
      ...['{"text":"a"}', '\u202e', '\ud83e', 'é', '\u2028'],
    )
    .map(bytesOf),
);

/** Changes of bytes: put in, taken out, doubled, moved, cut off. */
const change = fc.record({
  kind: fc.constantFrom('insert', 'replace', 'delete', 'double', 'swap', 'cut'),
  at: fc.nat(),
  length: fc.nat(40),
  to: fc.nat(),
  noise,
});
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

function apply(bytes: Uint8Array, { kind, at, length, to, noise: put }: Change): Uint8Array {
  const size = bytes.length + 1;
  const start = at % size;
  const end = Math.min(bytes.length, start + length);
  const [head, part, tail] = [
    bytes.subarray(0, start),
    bytes.subarray(start, end),
    bytes.subarray(end),
  ];
  switch (kind) {
    case 'insert':
      return Uint8Array.from([...head, ...put, ...part, ...tail]);
    case 'replace':
      return Uint8Array.from([...head, ...put, ...tail]);
    case 'delete':
      return Uint8Array.from([...head, ...tail]);
    case 'double':
      return Uint8Array.from([...head, ...part, ...part, ...tail]);
    case 'cut':
      return head;
    case 'swap': {
      const rest = Uint8Array.from([...head, ...tail]);
      const other = to % (rest.length + 1);
      return Uint8Array.from([...rest.subarray(0, other), ...part, ...rest.subarray(other)]);
    }
  }
}

/** Records in order, inside the file, and every bad one with a line and a mend. */
function checkRecords(records: readonly FormatRecord[], size: number): void {
  let end = 0;
  records.forEach((record, index) => {
    assert.equal(record.index, index);
    assert.ok(record.source.start >= 0 && record.source.end <= size);
    if (record.source.start < end) assert.fail(`record ${index} begins inside the one before`);
    end = record.source.start;
    const problems = record.kind === 'bad' ? [record.problem] : record.problems;
    for (const { message, mend, line } of problems) {
      assert.ok(phraseText(message) !== '' && phraseText(mend) !== '');
      assert.ok(line === undefined || line >= 1);
    }
    if (record.kind === 'bad') assert.ok((record.problem.line ?? record.source.line) >= 1);
    else {
      for (const { start, end: last, path } of record.entities) {
        assert.ok(0 <= start && start < last && last <= record.text.length);
        assert.ok(path.length > 0);
      }
    }
  });
}

/** The file after an edit without changes; undefined where it says that it cannot be edited safely. */
async function editNothing(format: Format, chunks: ByteChunks): Promise<Uint8Array | undefined> {
  try {
    return await collect(format.edit(chunks, { replaced: new Map() }));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

async function tryFile(format: Format, bytes: Uint8Array, pieces: number): Promise<void> {
  const records = await readAll(format, chunksOf(bytes, pieces));
  checkRecords(records, bytes.length);
  // The same file in other pieces says the same.
  const whole = await readAll(format, chunksOf(bytes, 65_536));
  assert.deepEqual(whole, records);
  const same = await editNothing(format, chunksOf(bytes, pieces));
  if (same !== undefined) assert.deepEqual(Buffer.from(same), Buffer.from(bytes), 'a byte changed');
  const checking = new DataSetCheck();
  for (const record of records) checking.add(record);
  checking.finish();
}

const names = formats.map(({ name }) => name);

function formatNamed(name: string): Format {
  const format = findFormat(name);
  assert.ok(format, name);
  return format;
}

describe('fuzzed files', () => {
  it('are read faithfully or with messages: no throw, no hang, no changed byte', async function () {
    this.timeout(0);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.constantFrom(...names),
        fc.boolean(),
        fc.array(anyPassage, { minLength: 1, maxLength: 3 }),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 64 }),
        async (writer, reader, asItself, passages, changes, pieces) => {
          const written = bytesOf(await write(formatNamed(writer), passages));
          const bytes = changes.reduce(apply, written);
          await tryFile(formatNamed(asItself ? writer : reader), bytes, pieces);
        },
      ),
      runs(200),
    );
  });
});
