import assert from 'node:assert/strict';
import { conlluFormat } from '../../../src/core/formats/conllu';
import { bytesOf, chunksOf, readAll, readPassages, textOf, write } from './streams';

const row = (id: string, form: string, misc = '_') =>
  `${id}\t${form}\tl\tX\t_\t_\t0\troot\t_\t${misc}`;
const file = [
  '# newdoc id = d1',
  '# sent_id = a-1',
  '# text = Tess cannot leave New Elm.',
  row('1', 'Tess', 'Gloss=x|NER=B-person'),
  row('2-3', 'cannot'),
  row('2', 'can', 'NER=O'),
  row('3', 'not'),
  row('4', 'leave'),
  row('4.1', 'then'),
  row('5', 'New', 'NER=B-city'),
  row('6', 'Elm', 'NER=I-city|SpaceAfter=No'),
  row('7', '.'),
  '',
  row('1', 'Otto', 'ner=S-person|SpaceAfter=No'),
  row('2', '!'),
  '',
].join('\n');

const shown = async (content: string) =>
  (await readPassages(conlluFormat, content)).map(({ text, entities }) => [
    text,
    ...entities.map(({ start, end, path }) => `${text.slice(start, end)} ${path.join('/')}`),
  ]);

describe('conlluFormat', () => {
  it('reads tags in MISC, words written as one, and text with and without a comment', async () => {
    assert.deepEqual(await shown(file), [
      ['Tess cannot leave New Elm.', 'Tess person', 'New Elm city'],
      ['Otto!', 'Otto person'],
    ]);
  });

  it('changes the key in MISC only', async () => {
    const [first] = await readPassages(conlluFormat, file);
    assert.ok(first);
    const [tess, elm] = first.entities;
    assert.ok(tess && elm);
    const entities = [
      { ...tess, path: ['first name'] },
      { ...elm, start: elm.start + 4 },
    ];
    const edits = { replaced: new Map([[0, { ...first, entities }]]) };
    const content = await textOf(conlluFormat.edit(chunksOf(bytesOf(file), 13), edits));
    assert.equal(
      content,
      file
        .replace('Gloss=x|NER=B-person', 'Gloss=x|NER=B-first_name')
        .replace('NER=B-city', 'NER=O')
        .replace('NER=I-city', 'NER=B-city'),
    );
  });

  it('keeps white space that SpaceAfter cannot say', async () => {
    const entity = { id: 'a', start: 2, end: 4, path: ['a|b'], state: 'suggested' } as const;
    const passages = [{ id: 'x', text: ' \tAb\n c  ', entities: [entity] }];
    const content = await write(conlluFormat, passages);
    assert.match(
      content,
      /^# sent_id = x\n# text = Ab {2}c\n1\tAb\t.*NER=B-a\\pb\|SpacesBefore=\\s\\t\|SpacesAfter=\\n\\s\n/u,
    );
    assert.deepEqual(await shown(content), [[passages[0]?.text, 'Ab a|b']]);
  });

  it('names the line without ten columns', async () => {
    const [bad] = await readAll(conlluFormat, file.replace(row('3', 'not'), '3\tnot'));
    assert.ok(bad?.kind === 'bad');
    assert.equal(bad.problem.line, 7);
  });
});
