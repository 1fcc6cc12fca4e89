import assert from 'node:assert/strict';
import { WrittenText } from '../../../src/core/checks/writtenText';

/** What of the record holds the mention. */
function written(record: string, text: string, mention: string): string | undefined {
  const start = text.indexOf(mention);
  const range = new WrittenText(record, text).rangeOf({ start, end: start + mention.length });
  return range === undefined ? undefined : record.slice(range.start, range.end);
}

describe('WrittenText', () => {
  it('finds what stands there as it is', () => {
    assert.equal(written('a line of text', 'line of text', 'text'), 'text');
    assert.equal(written('{"id": "Ada", "text": "Ada"}', 'Ada', 'Ada'), 'Ada');
  });

  it('finds what JSON escapes, in each of its ways', () => {
    const text = 'Say "Zoë"\nand 🧭 go';
    for (const record of [
      JSON.stringify({ text }),
      '{"text": "Say \\"Zo\\u00eb\\"\\nand \\ud83e\\udded go"}',
    ]) {
      assert.equal(written(record, text, 'and'), 'and');
      assert.equal(written(record, text, '"Zo'), '\\"Zo');
    }
    assert.equal(written('{"text": "Zo\\u00eb sat"}', 'Zoë sat', 'ë'), '\\u00eb');
  });

  it('finds tokens in columns, over lines', () => {
    const record = 'New B-city\nYork I-city\n. O';
    assert.equal(written(record, 'New York .', 'York'), 'York');
    assert.equal(written(record, 'New York .', 'New York'), 'New B-city\nYork');
    assert.equal(written('1\tWir\twir\n2\tgehen\tgehen', 'Wir gehen', 'gehen'), 'gehen');
    assert.equal(written('北 B-city\n京 I-city', '北京', '京'), '京');
  });

  it('finds text between tags, and says where it cannot tell', () => {
    assert.equal(
      written('Then <person>Ada</person> sat', 'Then Ada sat', 'Ada sat'),
      'Ada</person> sat',
    );
    assert.equal(written('something else', 'Ada', 'Ada'), undefined);
  });
});
