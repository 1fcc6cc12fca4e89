import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DatasetEditor } from '../datasetEditor';

const sentences = [
  'Ada Lovelace wrote to Charles Babbage in London.',
  'Apple proposes a new Macbook in Cupertino.',
  'The University of New York Library is closed.',
  'Marie Curie was born in Warsaw.',
];
const original = `${JSON.stringify(
  Object.fromEntries(
    sentences.map((sentence, index) => [
      `sentence${index + 1}`,
      index === 0
        ? { sentence, entity: ['Ada Lovelace', 'London'], category: ['scholar', 'city'] }
        : { sentence, entity: [], category: [] },
    ]),
  ),
  null,
  4,
)}\n`;

interface Entry {
  readonly sentence: string;
  readonly entity: readonly string[];
  readonly category: readonly string[];
}

describe('a data set annotated by keyboard alone', () => {
  let editor: DatasetEditor;
  before(async () => {
    editor = await DatasetEditor.open('set.json', original, {
      settings: { 'dynamicner.annotator': 'ada' },
    });
    await editor.focus();
  });
  after(() => (editor as DatasetEditor | undefined)?.close());

  function saved(): Record<string, Entry> {
    return JSON.parse(readFileSync(editor.file, 'utf8')) as Record<string, Entry>;
  }

  it('marks words by a number key and by the name of a type', async () => {
    await editor.commands('ArrowDown', 'ArrowRight');
    await editor.selected('Apple');
    await editor.page.locator('.span-bar .chip .score').first().waitFor();
    await editor.commands('1');
    await editor.span(editor.current, /^Apple, .+, added$/u);
    await editor.typeAs('company');
    await editor.span(editor.current, /^Apple, .*› company, added$/u);
    await editor.commands('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await editor.selected('Macbook');
    await editor.typeAs('electronics');
    await editor.span(editor.current, /^Macbook, .*electronics/u);
  });

  it('extends and shrinks edges by words and characters, nested spans too', async () => {
    await editor.commands('ArrowDown', 'ArrowRight', 'ArrowRight');
    await editor.selected('University');
    await editor.commands('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
    await editor.selected('University of New York');
    await editor.commands('Alt+Shift+ArrowLeft', 'Shift+ArrowRight', 'Alt+Shift+ArrowRight');
    await editor.selected('University of New York Library');
    await editor.typeAs('library');
    await editor.span(editor.current, 'University of New York Library, ');
    await editor.commands('Escape');
    for (let word = 0; word < 4; word++) await editor.commands('ArrowRight');
    await editor.selected('New');
    await editor.commands('Shift+ArrowRight');
    await editor.typeAs('city');
    await editor.span(editor.current, 'New York, ');
    await editor.commands('Control+Shift+ArrowLeft');
    await editor.span(editor.current, 'New Yor, ');
    await editor.commands('Control+Shift+ArrowRight');
    await editor.span(editor.current, 'New York, ');
    await editor.bench.screenshot('dataset-keys');
  });

  it('goes from span to span, flags, comments, and makes a type on the spot', async () => {
    await editor.commands('Shift+N');
    await editor.selected('University of New York Library');
    await editor.commands('f');
    await editor.span(editor.current, /Library, .*flagged/u);
    await editor.commands('c');
    await editor.page.locator('dialog textarea').waitFor();
    await editor.bench.page.keyboard.type('Which one?');
    await editor.keys('Control+Enter');
    await editor.span(editor.current, /Library, .*Which one\?/u);
    await editor.commands('n');
    await editor.selected('New York');
    await editor.commands('Shift+T');
    await editor.page.locator('dialog input').waitFor();
    await editor.bench.page.keyboard.type('twin town');
    await editor.keys('Enter');
    await editor.span(editor.current, /^New York, .*twin town/u);
  });

  it('undoes and does again, and saves the file that this makes', async () => {
    await editor.commands('Control+Z');
    await editor.span(editor.current, /^New York, .*city/u);
    await editor.commands('Control+Y');
    await editor.span(editor.current, /^New York, .*twin town/u);
    await editor.commands('Control+Z');
    await editor.span(editor.current, /^New York, .*city/u);
    await editor.dirty();
    await editor.save();
    const { sentence1, sentence2, sentence3 } = saved();
    assert.deepEqual(sentence2?.entity, ['Apple', 'Macbook']);
    assert.deepEqual(sentence2?.category, ['company', 'electronics']);
    assert.deepEqual([...(sentence3?.entity ?? [])].sort(), [
      'New York',
      'University of New York Library',
    ]);
    assert.deepEqual(sentence1?.entity, ['Ada Lovelace', 'London']);
    const first = original.slice(0, original.indexOf('"sentence2"'));
    assert.ok(
      readFileSync(editor.file, 'utf8').startsWith(first),
      'what was not touched is as it was',
    );
  });

  it('corrects a text, with the spans in it moving along, and splits and joins passages', async () => {
    await editor.commands('Control+Home', 'e');
    await editor.page.locator('.text-area').waitFor();
    await editor.keys('Control+Home');
    await editor.bench.page.keyboard.type('Then ');
    await editor.keys('Control+Enter');
    await editor.passage('Then Ada Lovelace').waitFor();
    await editor.span(editor.current, /^Ada Lovelace, /u);
    for (let word = 0; word < 5; word++) await editor.commands('ArrowRight');
    await editor.selected('to');
    await editor.commands('x');
    await editor.page.locator('.passage.current[aria-setsize="5"]').waitFor();
    assert.match(await editor.current.innerText(), /Then Ada Lovelace wrote\s*$/mu);
    await editor.commands('m');
    await editor.page.locator('.passage.current[aria-setsize="4"]').waitFor();
    await editor.passage('wrote to Charles Babbage').waitFor();
  });

  it('takes suggestions of the engine, accepts and rejects them', async () => {
    await editor.commands('Control+End', 'i');
    await editor.span(editor.current, /Marie Curie, .*suggested/u);
    await editor.commands('u');
    await editor.selected('Marie Curie');
    await editor.commands('a');
    await editor.span(editor.current, /Marie Curie, .*accepted/u);
    await editor.selected('Warsaw');
    await editor.commands('r');
    await editor.span(editor.current, /Warsaw, .*rejected/u);
  });
});
