import assert from 'node:assert/strict';
import { webAnnoFormat } from '../../../src/core/formats/webanno';
import { phraseText } from '../../../src/core/messages/phrase';
import { bytesOf, chunksOf, readAll, readPassages, textOf, write } from './streams';

const file = [
  '#FORMAT=WebAnno TSV 3.3',
  '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|coarseValue|PosValue',
  '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value',
  '#T_RL=custom.Relation|kind|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity',
  '',
  '',
  '#Text=🧭 Tess left New Elm.',
  '1-1\t0-2\t🧭\t_\tSYM\t_\t_\t_\t_\t',
  '1-2\t3-7\tTess\t_\tPROPN\t*\tperson\tsaw\t1-4[2_0]\t',
  '1-3\t8-12\tleft\t_\tVERB\t_\t_\t_\t_\t',
  '1-4\t13-16\tNew\t_\tPROPN\t*[2]\tcity[2]\t_\t_\t',
  '1-5\t17-20\tElm\t_\tPROPN\t*[2]|*[3]\tcity[2]|tree\\|plant[3]\t_\t_\t',
  '1-6\t20-21\t.\t_\tPUNCT\t_\t_\t_\t_\t',
  '',
  '#Text=Otto-Boot',
  '2-1\t22-31\tOtto-Boot\t_\tNOUN\t_\t_\t_\t_\t',
  '2-1.1\t22-26\tOtto\t_\t_\t*\t*\t_\t_\t',
  '',
].join('\n');

const shown = async (content: string) =>
  (await readPassages(webAnnoFormat, content)).map(({ text, entities }) =>
    entities.map(({ start, end, path }) => `${text.slice(start, end)} ${path.join('/')}`),
  );

describe('webAnnoFormat', () => {
  it('reads several tokens, stacked annotations, parts of tokens and annotations without value', async () => {
    assert.deepEqual(await shown(file), [
      ['Tess person', 'New Elm city', 'Elm tree|plant'],
      ['Otto NamedEntity'],
    ]);
  });

  it('changes the columns of its layer only, in the sentence that changed', async () => {
    const [first] = await readPassages(webAnnoFormat, file);
    assert.ok(first);
    const entities = first.entities.map((entity) =>
      entity.path[0] === 'person' ? { ...entity, path: ['sailor_x'] } : entity,
    );
    const edits = { replaced: new Map([[0, { ...first, entities }]]) };
    const content = await textOf(webAnnoFormat.edit(chunksOf(bytesOf(file), 11), edits));
    assert.deepEqual(await shown(content), [
      ['Tess sailor_x', 'New Elm city', 'Elm tree|plant'],
      ['Otto NamedEntity'],
    ]);
    const lines = content.split('\n');
    const before = file.split('\n');
    assert.match(
      lines[8] ?? '',
      /^1-2\t3-7\tTess\t_\tPROPN\t\*\[\d+\]\tsailor\\_x\[\d+\]\tsaw\t1-4\[2_0\]\t$/u,
    );
    for (const at of [0, 1, 2, 3, 7, 9, 12, 13, 14, 15, 16]) assert.equal(lines[at], before[at]);
    const same = { replaced: new Map([[0, first]]) };
    assert.equal(await textOf(webAnnoFormat.edit(chunksOf(bytesOf(file), 11), same)), file);
  });

  it('writes offsets of the document, in UTF-16 units', async () => {
    const entity = { id: 'a', start: 3, end: 7, path: ['person'], state: 'suggested' } as const;
    const content = await write(webAnnoFormat, [
      { text: '🧭 Tess', entities: [entity] },
      { text: 'a\nb\tc', entities: [] },
    ]);
    assert.match(
      content,
      /^#FORMAT=WebAnno TSV 3\.3\n#T_SP=.*NamedEntity\|identifier\|value\n\n\n#Text=🧭 Tess\n/u,
    );
    assert.match(
      content,
      /\n1-2\t3-7\tTess\t\*\[1\]\tperson\[1\]\t\n\n#Text=a\n#Text=b\\tc\n2-1\t8-9\ta\t/u,
    );
    const [, second] = await readPassages(webAnnoFormat, content);
    assert.equal(second?.text, 'a\nb\tc');
  });

  it('names the line of what it cannot read', async () => {
    const broken = file.replace('1-2\t3-7\tTess', '1-2\t3-700\tTess');
    const [first] = await readAll(webAnnoFormat, broken);
    assert.ok(first?.kind === 'passage');
    assert.deepEqual(
      first.problems.map(({ line }) => line),
      [9],
    );
    const [bad] = await readAll(webAnnoFormat, '#FORMAT=WebAnno TSV 3.3\n\n#Text=a\nno token\n');
    assert.ok(bad?.kind === 'bad');
    assert.equal(bad.problem.line, 3);
    assert.match(phraseText(bad.problem.message), /no line with a token/);
  });
});
