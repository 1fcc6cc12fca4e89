import assert from 'node:assert/strict';
import { readAdapterFile, writeAdapterFile } from '../../../src/core/learning/adapterFile';
import {
  examplesIn,
  summarizeAdapters,
  type AdapterSet,
} from '../../../src/core/learning/adapterSet';
import { withAdapters } from '../../../src/core/learning/withAdapters';
import { LabelList } from '../../../src/core/labels/labelList';

const set: AdapterSet = {
  packs: [
    {
      pack: 'small',
      version: '2.0.0',
      width: 3,
      labels: [
        { path: ['vessel'], examples: 4, weights: [0.5, -1, 0], bias: 0.25, scale: -0.1 },
        {
          path: ['place', 'berth'],
          examples: 6,
          weights: [0, 1, 2],
          bias: 0,
          scale: 0,
          estimate: { precision: 0.5, recall: 1, f1: 0.6667, spans: 6 },
        },
      ],
    },
    {
      pack: 'many',
      version: '1.0.0',
      width: 1,
      labels: [{ path: ['vessel'], examples: 5, weights: [1], bias: 0, scale: 0 }],
    },
  ],
};

describe('files of adapters', () => {
  it('are read as they were written', () => {
    assert.deepEqual(readAdapterFile(writeAdapterFile(set), 'a.json'), set);
    assert.deepEqual(readAdapterFile(writeAdapterFile({ packs: [] }), 'a.json'), { packs: [] });
  });

  it('have one label a line', () => {
    const lines = writeAdapterFile(set)
      .split('\n')
      .filter((line) => line.includes('"weights"'));
    assert.equal(lines.length, 3);
  });

  const broken: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ['no JSON', '{"format": 1,', /a\.json:1: The file is no JSON/u],
    ['another format', '{"format": 9}', /"format": The file has a format.*Learn again/u],
    ['no packs', '{"format": 1}', /"packs": This is no list/u],
    [
      'too few weights',
      writeAdapterFile(set).replace('[0.5,-1,0]', '[0.5]'),
      /"packs\[0\]\.labels\[0\]": 3 weights are needed, there are 1/u,
    ],
    [
      'a weight that is no number',
      writeAdapterFile(set).replace('[0.5,-1,0]', '[0.5,-1,"x"]'),
      /labels\[0\]\.weights": This is no number/u,
    ],
  ];
  for (const [name, text, message] of broken) {
    it(`name what is wrong: ${name}`, () => {
      assert.throws(() => readAdapterFile(text, 'a.json'), message);
    });
  }

  it('are summed up over packs', () => {
    assert.deepEqual(
      summarizeAdapters(set).map(({ path, examples }) => [path.join('/'), examples]),
      [
        ['vessel', 9],
        ['place/berth', 6],
      ],
    );
    assert.equal(examplesIn(set), 15);
  });

  it('make another list of the labels, the same for the same adapters', () => {
    const labels = LabelList.flat([{ name: 'vessel' }]).toSpec();
    const learned = withAdapters(labels, set);
    assert.notEqual(learned.id, labels.id);
    assert.equal(withAdapters(labels, set).id, learned.id);
  });
});
