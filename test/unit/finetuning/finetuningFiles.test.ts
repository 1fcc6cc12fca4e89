import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entity } from '../../../src/core/entity/entity';
import { InputError } from '../../../src/core/errors';
import {
  joinClassifications,
  readClassification,
  type LearntEntity,
} from '../../../src/core/finetuning/classification';
import { readConversations } from '../../../src/core/finetuning/conversation';
import { readExtraction } from '../../../src/core/finetuning/extraction';
import {
  FinetuningFiles,
  type FinetuningOptions,
} from '../../../src/core/finetuning/finetuningFiles';
import type { PassageData } from '../../../src/core/formats/format';
import { dynamicNerTaxonomy } from '../../../src/core/labels/dynamicner';
import { phraseText } from '../../../src/core/messages/phrase';

const scholar = ['person', 'real person', 'scholar'];
const city = dynamicNerTaxonomy.leaves.find(({ name }) => name === 'city')?.path ?? [];

function entity(start: number, end: number, path: readonly string[], more: Partial<Entity> = {}) {
  const made: Entity = {
    id: `${start}-${end}-${path.join()}`,
    start,
    end,
    path,
    state: 'accepted',
  };
  return Object.assign(made, more);
}

/** What the four files teach, read back from their text. */
function made(passages: readonly PassageData[], options: Partial<FinetuningOptions> = {}) {
  const files = new FinetuningFiles({
    taxonomy: dynamicNerTaxonomy,
    validation: 0,
    seed: 1,
    unit: 'passage',
    ...options,
  });
  for (const passage of passages) files.add(passage);
  const written = files.files();
  const read = (name: string) => {
    const file = written.find((one) => one.name === name);
    assert.ok(file, `no ${name}`);
    const conversations = readConversations(file.text, name);
    assert.equal(conversations.length, file.size);
    return conversations;
  };
  const extractions = (part: string) =>
    read(`extractor.${part}.json`).map((one) => {
      const example = readExtraction(one);
      assert.ok(example, 'an extraction cannot be read back');
      return example;
    });
  const entities = (part: string): LearntEntity[] =>
    joinClassifications(
      read(`classifier.${part}.json`).map((one) => {
        const example = readClassification(one);
        assert.ok(example, 'a classification cannot be read back');
        assert.ok(example.options.includes(example.answer));
        return example;
      }),
      files['options'].taxonomy,
    );
  return {
    read,
    extractions,
    entities,
    notes: files.notes.map(({ message, count }) => `${count} ${phraseText(message)}`),
  };
}

describe('fine-tuning files', () => {
  const text = 'Ada met Ada in Rome.';

  it('hold the questions and answers of both models, marked by offsets', () => {
    const { read } = made([{ text, entities: [entity(8, 11, scholar), entity(15, 19, city)] }]);
    assert.deepEqual(
      read('extractor.train.json').map(({ conversations }) => conversations),
      [
        [
          { from: 'user', value: text },
          { from: 'assistant', value: 'Ada met ##Ada## in ##Rome##.' },
        ],
      ],
    );
    const [coarse, medium, fine, place] = read('classifier.train.json').map(
      ({ conversations }) => conversations,
    );
    assert.deepEqual(coarse, [
      {
        from: 'user',
        value:
          'The ##Ada## in the sentence: "Ada met ##Ada## in Rome." belongs to which entity in the list: person, location, product, facility, art, group, event, science entity?'.replace(
            /list: .*\?/u,
            `list: ${dynamicNerTaxonomy.roots.map(({ name }) => name).join(', ')}?`,
          ),
      },
      { from: 'assistant', value: 'person' },
    ]);
    assert.match(medium?.[0].value ?? '', /list: real person, fictional figure\?$/u);
    assert.equal(medium?.[1].value, 'real person');
    assert.equal(fine?.[1].value, 'scholar');
    assert.equal(place?.[1].value, 'location');
  });

  it('give back exactly the entities that went in', () => {
    const word = fc.constantFrom(
      'Ada',
      'Rome',
      'C#',
      '#',
      '##',
      '上海',
      '🙂',
      'list:',
      '"',
      'O’Dell',
      '?',
      '\n',
    );
    const path = fc.constantFrom(scholar, city, ['person'], ['person', 'real person']);
    const annotated = fc
      .array(fc.tuple(word, fc.option(path), fc.constantFrom(' ', '')), {
        minLength: 1,
        maxLength: 10,
      })
      .map((words): PassageData => {
        let passage = '';
        const entities: Entity[] = [];
        for (const [said, type, gap] of words) {
          const start = passage.length;
          if (type !== null) entities.push(entity(start, start + said.length, type));
          passage += said + gap;
        }
        return { text: passage, entities };
      });
    fc.assert(
      fc.property(annotated, (passage) => {
        const { extractions, entities, notes } = made([passage]);
        const isRead = /[\p{L}\p{N}]/u.test(passage.text);
        const spans = passage.entities.map(({ start, end }) => ({ start, end }));
        const signs = notes.filter((note) => note.includes('number signs')).length > 0;
        const found = extractions('train');
        if (found.length > 0) assert.deepEqual(found, [{ sentence: passage.text, spans }]);
        else assert.ok(!isRead || spans.length === 0 || signs);
        const learnt = entities('train');
        const wanted = isRead ? passage.entities : [];
        const keys = wanted.map(({ start, end, path: type }) => JSON.stringify([start, end, type]));
        const got = learnt.map(({ start, end, path: type }) => JSON.stringify([start, end, type]));
        if (!signs) assert.deepEqual(got, keys);
        else assert.ok(got.every((key) => keys.includes(key)));
        // Without number signs in the text nothing is ever left out.
        if (!passage.text.includes('#') && !passage.text.includes('"')) assert.deepEqual(notes, []);
      }),
    );
  });

  it('mark the longest of nested entities, and ask about all', () => {
    const nested = 'The University of Turku is old.';
    const { extractions, entities, notes } = made([
      { text: nested, entities: [entity(4, 23, scholar), entity(18, 23, city)] },
    ]);
    assert.deepEqual(extractions('train')[0]?.spans, [{ start: 4, end: 23 }]);
    assert.equal(entities('train').length, 2);
    assert.deepEqual(notes, [
      '1 Entities inside or across longer ones are not marked for the extractor.',
    ]);
  });

  it('take what people decided on and what names no engine, and nothing that was rejected', () => {
    const engine = { source: { engine: 'encoder', model: 'm' }, state: 'suggested' } as const;
    const one = (more: Partial<Entity>) => [{ text, entities: [entity(15, 19, city, more)] }];
    for (const state of ['accepted', 'corrected', 'added'] as const) {
      assert.equal(made(one({ ...engine, state })).entities('train').length, 1, state);
    }
    assert.equal(made(one({ state: 'suggested' })).entities('train').length, 1);
    assert.equal(made(one({ ...engine, state: 'rejected' })).entities('train').length, 0);
    const undecided = made(one(engine), { unlabelled: true });
    assert.deepEqual([undecided.entities('train'), undecided.extractions('train')], [[], []]);
    assert.match(undecided.notes[0] ?? '', /^1 Sentences with suggestions that nobody/u);
    const all = made(one(engine), { suggested: true });
    assert.equal(all.entities('train').length, 1);
    assert.equal(all.extractions('train').length, 1);
  });

  it('hold sentences without entities only where they are wanted', () => {
    const empty = [{ text, entities: [] }];
    assert.equal(made(empty).extractions('train').length, 0);
    assert.deepEqual(made(empty, { unlabelled: true }).extractions('train'), [
      { sentence: text, spans: [] },
    ]);
  });

  it('cut passages into sentences, except where an entity goes across', () => {
    const two = 'Ada came. Bob left. Cy St. Rome stayed.';
    const bob = two.indexOf('Bob');
    const single = made([{ text: two, entities: [entity(bob, bob + 3, scholar)] }], {
      unit: 'sentence',
      unlabelled: true,
    });
    assert.deepEqual(
      single
        .extractions('train')
        .map(({ sentence }) => sentence)
        .slice(0, 2),
      ['Ada came.', 'Bob left.'],
    );
    const across = made([{ text: two, entities: [entity(4, bob + 3, scholar)] }], {
      unit: 'sentence',
    });
    assert.deepEqual(across.extractions('train'), [
      { sentence: 'Ada came. Bob left.', spans: [{ start: 4, end: bob + 3 }] },
    ]);
  });

  it('leave out types that the labels do not have, and passages with lost mentions', () => {
    const { entities, notes, extractions } = made(
      [
        { text, entities: [entity(0, 3, ['nonsense'])] },
        { text: 'Rome.', entities: [], unplaced: [{ mention: 'Paris', label: 'city' }] },
      ],
      { unlabelled: true },
    );
    assert.equal(entities('train').length, 0);
    assert.deepEqual(
      extractions('train').map(({ sentence }) => sentence),
      [text],
    );
    assert.equal(notes.length, 2);
  });

  it('never put a sentence on both sides, whatever the order of the passages', () => {
    const passages = Array.from({ length: 40 }, (_, index): PassageData => {
      return { text: `In Rome ${index % 20}`, entities: [entity(3, 7, city)] };
    });
    const sides = (input: readonly PassageData[], seed: number) => {
      const { extractions, entities } = made(input, { validation: 0.2, seed });
      const texts = (part: string) => new Set(extractions(part).map(({ sentence }) => sentence));
      for (const { sentence } of entities('validation'))
        assert.ok(texts('validation').has(sentence));
      assert.ok([...texts('train')].every((sentence) => !texts('validation').has(sentence)));
      assert.equal(extractions('train').length + extractions('validation').length, 40);
      return [...texts('validation')].sort();
    };
    const chosen = sides(passages, 1);
    assert.equal(chosen.length, 4);
    assert.deepEqual(sides([...passages].reverse(), 1), chosen);
    assert.notDeepEqual(sides(passages, 2), chosen);
    assert.equal(
      made(passages.slice(0, 2), { validation: 0.01 }).extractions('validation').length,
      1,
    );
  });

  it('are refused where they are no conversations, naming the item', () => {
    for (const [bad, place] of [
      ['{', 'x.json'],
      ['{}', 'x.json'],
      ['[{"conversations": []}]', '[0]'],
      [
        '[{"conversations": [{"from": "user", "value": 1}, {"from": "assistant", "value": ""}]}]',
        '[0]',
      ],
    ] as const) {
      assert.throws(
        () => readConversations(bad, 'x.json'),
        (error) => error instanceof InputError && error.message.includes(place),
      );
    }
  });
});
