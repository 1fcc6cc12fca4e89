import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entity, EntityState } from '../../../src/core/entity/entity';
import { anchorOf, viewOfString, type HumanRecord } from '../../../src/core/realign/anchor';
import {
  readAnnotations,
  type AnnotationFile,
  type FileRest,
} from '../../../src/core/realign/annotationFile';
import { writeAnnotations } from '../../../src/core/realign/writeAnnotations';
import { runs } from '../scale';

const text = '🧭 Ada Lovelace wrote to\nCharles Babbage.\n\n\n## London\n\nBabbage answered.\n';

function entityAt(whole: string, mention: string, more: Partial<Entity> = {}): Entity {
  const start = whole.indexOf(mention);
  assert.ok(start >= 0, mention);
  const end = start + mention.length;
  return { id: mention, start, end, path: ['person'], state: 'accepted', ...more };
}

function bytes(
  whole: string,
  entities: readonly Entity[],
  notPlaced: readonly HumanRecord[] = [],
  rest?: FileRest,
): Uint8Array {
  return new TextEncoder().encode([...writeAnnotations(whole, entities, notPlaced, rest)].join(''));
}

function standingOf({ standing }: AnnotationFile): Entity[] {
  return standing.map(({ entity }) => entity);
}

const entities = [
  entityAt(text, 'Ada Lovelace', { path: ['person', 'real person', 'author'], annotator: 'ab' }),
  entityAt(text, 'Charles Babbage', { state: 'rejected', time: '2026-01-01T00:00:00.000Z' }),
  entityAt(text, 'London', { path: ['location'], state: 'added', source: { user: 'ab' } }),
];

describe('the file of a document’s annotations', () => {
  it('holds a passage a paragraph, with code points, states and who decided', () => {
    const lines = [...writeAnnotations(text, entities, [])].map(
      (line) => JSON.parse(line) as object,
    );
    assert.deepEqual(lines, [
      {
        text: '🧭 Ada Lovelace wrote to\nCharles Babbage.',
        entities: [
          {
            start: 2,
            end: 14,
            label: 'author',
            path: ['person', 'real person', 'author'],
            id: 'Ada Lovelace',
            state: 'accepted',
            annotator: 'ab',
          },
          {
            start: 24,
            end: 39,
            label: 'person',
            id: 'Charles Babbage',
            state: 'rejected',
            time: '2026-01-01T00:00:00.000Z',
          },
        ],
      },
      {
        text: '## London',
        entities: [
          {
            start: 3,
            end: 9,
            label: 'location',
            id: 'London',
            state: 'added',
            source: { user: 'ab' },
          },
        ],
      },
      { text: 'Babbage answered.', entities: [] },
    ]);
  });

  it('is read as it was written', async () => {
    const read = await readAnnotations(bytes(text, entities), text);
    assert.deepEqual(standingOf(read), entities);
    assert.deepEqual(read.notPlaced, []);
  });

  it('joins paragraphs that an annotation reaches across', async () => {
    const across = entityAt(text, 'London\n\nBabbage');
    const written = bytes(text, [across]);
    assert.equal(new TextDecoder().decode(written).trim().split('\n').length, 2);
    assert.deepEqual(standingOf(await readAnnotations(written, text)), [across]);
  });

  it('is placed in a text that changed, and says what has no place', async () => {
    const now = `Of 1842.\n\n${text.replace('London', 'Turin').replace(' to\n', ' a letter to ')}`;
    const read = await readAnnotations(bytes(text, entities), now);
    assert.deepEqual(
      standingOf(read).map(({ start, end }) => now.slice(start, end)),
      ['Ada Lovelace', 'Charles Babbage'],
    );
    assert.deepEqual(
      read.notPlaced.map(({ entity, anchor }) => [entity.id, anchor.quote]),
      [['London', 'London']],
    );
  });

  it('keeps what has no place, until its words are back', async () => {
    const gone = text.replace('London', '');
    const first = await readAnnotations(bytes(text, entities), gone);
    const written = bytes(gone, standingOf(first), first.notPlaced);
    const second = await readAnnotations(written, gone);
    assert.deepEqual(
      second.notPlaced.map(({ anchor }) => anchor.quote),
      ['London'],
    );
    const third = await readAnnotations(bytes(gone, standingOf(second), second.notPlaced), text);
    assert.deepEqual(third.notPlaced, []);
    assert.deepEqual(standingOf(third), entities);
  });

  it('gives back what other programs wrote into it, and lines that are no passages', async () => {
    const foreign =
      `{"id": 7, "text": "${'Babbage answered.'}", "split": "dev", "entities": [{"start": 0, "end": 7, "label": "person", "state": "accepted"}]}\n` +
      '<<<<<<< mine\n';
    const whole = 'Babbage answered.';
    const read = await readAnnotations(new TextEncoder().encode(foreign), whole);
    assert.deepEqual(read.rest.badLines, ['<<<<<<< mine']);
    const written = new TextDecoder().decode(bytes(whole, standingOf(read), [], read.rest));
    const [line = '', bad] = written.split('\n');
    const passage = JSON.parse(line) as Record<string, unknown>;
    assert.deepEqual([passage['id'], passage['split'], bad], [7, 'dev', '<<<<<<< mine']);
  });

  it('gives every annotation an id of its own, whatever the file says', async () => {
    const line =
      '{"text":"Ada.","entities":[{"start":0,"end":3,"label":"person","state":"added"}]}\n';
    const read = await readAnnotations(new TextEncoder().encode(line + line), 'Ada.\n\nAda.');
    assert.equal(new Set(standingOf(read).map(({ id }) => id)).size, 2);
  });

  it('brings any annotations of any text back', async () => {
    const states: readonly EntityState[] = ['accepted', 'corrected', 'added', 'rejected'];
    const word = fc.constantFrom('a', '🧭', 'é', '# b', '\n', '\n\n', '\r\n', '東', ' ', '- c');
    const texts = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(''));
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(29)), async (whole, places) => {
        const human = places.flatMap((start, index): Entity[] => {
          const end = whole.codePointAt(start) === undefined ? start : start + 1;
          const mention = whole.slice(start, end);
          if (mention.trim() === '' || /\p{Cs}/u.test(mention)) return [];
          const state = states[index % states.length] ?? 'added';
          return [{ id: `e${index}`, start, end, path: ['x'], state }];
        });
        const record = {
          entity: entityAt('gone', 'gone'),
          anchor: anchorOf(viewOfString('of gone words'), { start: 3, end: 7 }),
        };
        const read = await readAnnotations(bytes(whole, human, [record]), whole);
        const sort = (list: readonly Entity[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
        assert.deepEqual(sort(standingOf(read)), sort(human));
        assert.deepEqual(
          read.notPlaced.map(({ anchor }) => anchor),
          [record.anchor],
        );
      }),
      runs(300),
    );
  });
});
