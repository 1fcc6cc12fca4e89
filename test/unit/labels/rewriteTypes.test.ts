import assert from 'node:assert/strict';
import { rewriteTypes } from '../../../src/core/labels/rewriteTypes';
import { Taxonomy } from '../../../src/core/labels/taxonomy';
import { pathChangesOf } from '../../../src/core/labels/taxonomyFile/editTaxonomyFile';
import type { TaxonomyEdit } from '../../../src/core/labels/taxonomyFile/taxonomyEdit';

const types = [
  { name: 'art', children: [{ name: 'film' }, { name: 'song' }] },
  { name: 'place', children: [{ name: 'city' }] },
];

async function rewrite(name: string, text: string, edit: TaxonomyEdit) {
  const bytes = new TextEncoder().encode(text);
  const file = { name, head: bytes.subarray(0, 4096), chunks: () => [bytes] };
  const rewritten = await rewriteTypes(file, pathChangesOf(types, edit), new Taxonomy(types));
  return rewritten === undefined
    ? undefined
    : { text: new TextDecoder().decode(rewritten.bytes), entities: rewritten.entities };
}

const rename: TaxonomyEdit = { kind: 'rename', type: ['art', 'film'], name: 'motion picture' };

describe('rewriteTypes', () => {
  it('renames types in side files and leaves everything else byte for byte', async () => {
    const text = `{"text": "Carmen in Rome", "note":  1, "entities": [{"start": 0, "end": 6, "label": "film", "path": ["art", "film"], "state": "accepted"}]}
{"text":"Rome",  "entities": [{"start": 0, "end": 4, "label": "city", "path": ["place", "city"]}]}
not JSON
{"text": "Aida", "entities": [{"start": 0, "end": 4, "label": "gene"}]}
`;
    const rewritten = await rewrite('letter.txt.entities.jsonl', text, rename);
    assert.equal(rewritten?.entities, 1);
    const [first = '', ...rest] = rewritten?.text.split('\n') ?? [];
    assert.deepEqual(rest, text.split('\n').slice(1));
    assert.ok(first.includes('"note":  1'), first);
    assert.deepEqual((JSON.parse(first) as { entities: { path: string[] }[] }).entities[0]?.path, [
      'art',
      'motion picture',
    ]);
  });

  it('renames bare names in data sets by what they mean, and moved levels too', async () => {
    const dynamicner = `{
    "sentence1": {
        "sentence": "Aida in Rome",
        "entity": ["Aida", "Rome"],
        "category": [
            "film",
            "city"
        ]
    }
}`;
    const renamed = await rewrite('set.json', dynamicner, rename);
    assert.equal(renamed?.text, dynamicner.replace('"film"', '"motion picture"'));
    const conll = 'Aida B-film\nin O\nRome B-city\n';
    assert.equal(
      (await rewrite('set.bio', conll, rename))?.text,
      'Aida B-motion_picture\nin O\nRome B-city\n',
    );
    const removed = await rewrite('set.json', dynamicner, {
      kind: 'remove',
      types: [['place', 'city']],
    });
    assert.equal(removed?.text, dynamicner.replace('"city"', '"place"'));
  });

  it('leaves files alone that have no such type, are no annotations, or lose a top level', async () => {
    assert.equal(await rewrite('a.json', '{"compilerOptions": {}}', rename), undefined);
    assert.equal(await rewrite('a.bio', 'Rome B-city\n', rename), undefined);
    const gone: TaxonomyEdit = { kind: 'remove', types: [['place']] };
    assert.equal(await rewrite('a.bio', 'Rome B-city\n', gone), undefined);
  });
});
