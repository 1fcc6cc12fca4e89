import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatasetEditor } from '../datasetEditor';

const notes = [
  'T1\tscholar 0 3\tAda',
  'R1\tlives Arg1:T1 Arg2:T2',
  '#1\tAnnotatorNotes T2\tsure?',
  'T2\tcity 13 19\tLondon',
  '',
];
const files: Readonly<Record<string, string>> = {
  'ada.txt': 'Ada lived in London.\nShe left it.\n',
  'ada.ann': notes.join('\n'),
  'grace.txt': 'Grace left Paris.',
  'grace.ann': '*\tEquiv T9 T4\nT4\tscholar 0 5\tGrace\r\nA1\tAlive T4\n',
};

describe('a folder of brat annotated by keyboard alone', () => {
  let editor: DatasetEditor;
  before(async () => {
    editor = await DatasetEditor.openFolder('corpus', files);
    await editor.focus();
  });
  after(() => (editor as DatasetEditor | undefined)?.close());

  it('gets a line for a new span, and keeps every other one', async () => {
    await editor.span(editor.current, /^Ada, .*scholar/u);
    await editor.commands('ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await editor.selected('Paris');
    await editor.typeAs('city');
    await editor.span(editor.current, /^Paris, .*city/u);
    await editor.bench.screenshot('dataset-brat');
    await editor.dirty();
    await editor.save();
    const saved = (name: string): string => readFileSync(path.join(editor.file, name), 'utf8');
    // What brat cannot say may be in a file of its own; no draft is left.
    const left = readdirSync(editor.file).filter((name) => name !== 'brat.provenance.jsonl');
    assert.deepEqual(left.sort(), Object.keys(files).sort());
    const added = 'T10\tcity 11 16\tParis\n';
    const lines = saved('grace.ann');
    assert.ok(lines.includes(added), lines);
    assert.equal(lines.replace(added, ''), files['grace.ann']);
    for (const name of ['ada.txt', 'ada.ann', 'grace.txt'])
      assert.equal(saved(name), files[name], name);
  });
});
