import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/entity/entity';
import { entitiesAt, mentionText } from '../../../src/editor/features/entityText';
import { ActionTokens } from '../../../src/editor/features/actionTokens';
import { findMentions, findSameMentions } from '../../../src/editor/features/sameMentions';
import { suggest } from './entities';

describe('the text of an entity', () => {
  it('puts a mention on one line and shortens it without breaking characters', () => {
    const text = 'The\n  Great Wall 🧱🧱🧱🧱';
    assert.equal(mentionText(text, { start: 0, end: 16 }), 'The Great Wall');
    assert.equal(mentionText(text, { start: 6, end: text.length }, 7), 'Gre…🧱🧱🧱');
    const long = 'x'.repeat(1_000_000);
    assert.equal(mentionText(long, { start: 0, end: long.length }).length, 59);
  });
});

describe('the entities at a cursor', () => {
  const text = 'the University of Oxford today';
  const outer = suggest(text, 'University of Oxford', ['facility']);
  const inner = suggest(text, 'Oxford', ['location']);
  const lookup = {
    entitiesIn: (start: number, end: number): Entity[] =>
      [outer, inner].filter((entity) => entity.start <= end && start <= entity.end),
  };

  it('are those that hold the next character, outermost first', () => {
    assert.deepEqual(entitiesAt(lookup, inner.start), [outer, inner]);
    assert.deepEqual(entitiesAt(lookup, outer.start), [outer]);
  });

  it('are those that end there where none goes on', () => {
    assert.deepEqual(entitiesAt(lookup, inner.end), [outer, inner]);
    assert.deepEqual(entitiesAt(lookup, inner.end + 1), []);
    assert.deepEqual(entitiesAt(lookup, 0), []);
  });
});

describe('mentions of an entity', () => {
  const text = 'Polish it, says the Polish smith; Polish him.';
  const people = ['group', 'social group', 'ethnic group'];
  const first = suggest(text, 'Polish', people, {}, 1);
  const second = suggest(text, 'Polish', people, {}, 2);
  const other = suggest(text, 'Polish', ['miscellaneous'], {}, 0);
  const all = [other, first, second, suggest(text, 'smith', ['person'])];

  it('have the same surface', () => {
    assert.deepEqual(findMentions(text, all, first), [other, first, second]);
  });

  it('are the same ones when they have the same type too', () => {
    assert.deepEqual(findSameMentions(text, all, first), [first, second]);
    assert.deepEqual(findSameMentions(text, all, other), [other]);
  });

  it('tell case apart', () => {
    const lower = 'polish Polish';
    const one = suggest(lower, 'polish', people);
    assert.deepEqual(findMentions(lower, [one, suggest(lower, 'Polish', people)], one), [one]);
  });
});

describe('action tokens', () => {
  it('run what they stand for, and nothing else', async () => {
    const tokens = new ActionTokens(10);
    const ran: string[] = [];
    const one = tokens.add(() => ran.push('one'));
    const two = tokens.add(() => ran.push('two'));
    assert.notEqual(one, two);
    assert.equal(await tokens.run(two), true);
    for (const wrong of [two + 1, 0, -1, `${one}`, undefined, null, {}, NaN]) {
      assert.equal(await tokens.run(wrong), false);
    }
    assert.deepEqual(ran, ['two']);
  });

  it('forget the oldest', async () => {
    const tokens = new ActionTokens(2);
    const given = [1, 2, 3].map(() => tokens.add(() => undefined));
    const ran = await Promise.all(given.map((token) => tokens.run(token)));
    assert.deepEqual(ran, [false, true, true]);
  });
});
