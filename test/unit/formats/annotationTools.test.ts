import assert from 'node:assert/strict';
import { readBrat, writeBrat } from '../../../src/core/formats/brat';
import { doccanoFormat } from '../../../src/core/formats/doccano';
import { htmlReport } from '../../../src/core/formats/htmlReport';
import { labelStudioFormat } from '../../../src/core/formats/labelStudio';
import { markdownSummary } from '../../../src/core/formats/markdownSummary';
import { prodigyFormat } from '../../../src/core/formats/prodigy';
import { spacyFormat } from '../../../src/core/formats/spacy';
import { bytesOf, chunksOf, readPassages, spansOf, textOf, write } from './streams';

describe('formats of annotation tools', () => {
  it('doccano: relations and the ids that they name stay', async () => {
    const item = {
      id: 4,
      text: '🧭 Ada in Rome',
      entities: [
        { id: 10, label: 'person', start_offset: 2, end_offset: 5 },
        { id: 11, label: 'city', start_offset: 9, end_offset: 13 },
      ],
      relations: [{ id: 1, from_id: 10, to_id: 11, type: 'in' }],
    };
    const content = `${JSON.stringify(item)}\n`;
    const read = await readPassages(doccanoFormat, content);
    assert.deepEqual(read.map(spansOf), [
      [
        [3, 6, 'person'],
        [10, 14, 'city'],
      ],
    ]);
    assert.deepEqual(JSON.parse(await write(doccanoFormat, read)), item);
    const old = '{"id":1,"data":"Ada","label":[[0,3,"person"]]}\n';
    assert.deepEqual((await readPassages(doccanoFormat, old)).map(spansOf), [[[0, 3, 'person']]]);
  });

  it('Prodigy: answer, meta and tokens stay; only what changed changes', async () => {
    const content =
      '{"text": "Ada ran", "meta": {"n":1.0}, "spans": [{"start": 0, "end": 3, "label": "person", "token_start": 0}], "answer": "reject"}\n';
    const [one] = await readPassages(prodigyFormat, content);
    assert.ok(one?.entities[0]);
    assert.equal(one.extra?.['answer'], 'reject');
    const changed = { ...one, entities: [{ ...one.entities[0], path: ['city'] }] };
    const edits = { replaced: new Map([[0, changed]]) };
    assert.equal(
      await textOf(prodigyFormat.edit(chunksOf(bytesOf(content)), edits)),
      content.replace('"person"', '"city"'),
    );
  });

  it('spaCy: documents and training examples', async () => {
    const doc = '{"text":"Ada ran","ents":[{"start":0,"end":3,"label":"person"}],"tokens":[]}\n';
    const example = '[["Ada ran", {"entities": [[0, 3, "person"]]}]]';
    for (const content of [doc, example]) {
      assert.deepEqual((await readPassages(spacyFormat, content)).map(spansOf), [
        [[0, 3, 'person']],
      ]);
    }
    assert.equal(await write(spacyFormat, await readPassages(spacyFormat, doc)), doc);
  });

  it('Label Studio: people before models; offsets that older versions counted in UTF-16', async () => {
    const region = (start: number, end: number) => ({
      id: 'r1',
      from_name: 'ner',
      to_name: 'doc',
      type: 'labels',
      value: { start, end, text: 'Ada', labels: ['person'] },
    });
    for (const [start, end] of [
      [2, 5],
      [3, 6],
    ] as const) {
      const task = {
        id: 9,
        data: { doc: '🧭 Ada' },
        annotations: [{ id: 1, result: [region(start, end)] }],
      };
      const [one] = await readPassages(labelStudioFormat, JSON.stringify([task]));
      assert.deepEqual(one && spansOf(one), [[3, 6, 'person']]);
      assert.equal(one?.entities[0]?.state, 'accepted');
      const [written] = JSON.parse(await write(labelStudioFormat, one ? [one] : [])) as unknown[];
      assert.deepEqual(written, {
        ...task,
        annotations: [{ id: 1, result: [region(2, 5)] }],
      });
    }
  });

  it('brat: spans, spans in pieces, relations; nothing is dropped', () => {
    const document = {
      text: '🧭 Ada und Bo',
      annotations:
        'T1\treal_person 2 5\tAda\nT2\tperson 2 5;10 12\tAda Bo\nR1\tknows Arg1:T1 Arg2:T2\n',
    };
    const { passage, problems } = readBrat(document);
    assert.deepEqual(spansOf(passage), [
      [3, 13, 'person'],
      [3, 6, 'real person'],
    ]);
    assert.deepEqual(
      problems.map(({ kind, line }) => [kind, line]),
      [['discontinuous', 2]],
    );
    const written = writeBrat(passage);
    assert.equal(written.text, document.text);
    assert.deepEqual(
      written.annotations.trim().split('\n').sort(),
      document.annotations.trim().split('\n').sort(),
    );
    const bad = readBrat({ text: 'a', annotations: 'T1\tx 0 9\tb\n' });
    assert.equal(bad.problems[0]?.kind, 'entity');
    assert.match(writeBrat(bad.passage).annotations, /^T1\tx 0 9\tb$/mu);
  });

  it('reports show every entity and escape what is in the text', async () => {
    const entity = { id: 'a', start: 0, end: 3, path: ['a|b'], state: 'suggested' as const };
    const passage = { text: '<b> & c', entities: [entity] };
    const html = await textOf(htmlReport.write([passage]));
    assert.match(
      html,
      /<mark class="h0" data-type="0" title="a\|b">&lt;b&gt;<small>a\|b<\/small><\/mark> &amp; c/,
    );
    assert.doesNotMatch(html, /https?:/);
    const summary = await textOf(markdownSummary.write([passage]));
    assert.match(summary, /\| a\\\|b \| 1 \| 1 \| \\<b\\> \|/);
  });
});
