import assert from 'node:assert/strict';
import { findEmphasisMarkers } from '../../../src/core/text/emphasis';

/** The sentence with every marker replaced by dots. */
function dotted(sentence: string): string {
  const units = [...Array(sentence.length).keys()].map((i) => sentence.charAt(i));
  for (const { start, end } of findEmphasisMarkers(sentence)) units.fill('.', start, end);
  return units.join('');
}

describe('findEmphasisMarkers', () => {
  for (const [sentence, expected] of [
    ['in his book *South*, again', 'in his book .South., again'],
    ['the **Great _Barrier_ Reef**', 'the ..Great .Barrier. Reef..'],
    ['run `node` or ~~deno~~.', 'run .node. or ..deno...'],
    ['*Moana*, then *Joker* 🎬', '.Moana., then .Joker. 🎬'],
    ['“*Peer Gynt*”', '“.Peer Gynt.”'],
    ['Sagittarius A* and HD*2', 'Sagittarius A* and HD*2'],
    ['5 * 3 * 2', '5 * 3 * 2'],
    ["`` South '' by Shackleton", "`` South '' by Shackleton"],
    ['a snake_case_name and __init__', 'a snake_case_name and ..init..'],
    ['** bold with blanks **', '** bold with blanks **'],
    ['one *open only', 'one *open only'],
    ['', ''],
  ] as const) {
    it(JSON.stringify(sentence), () => {
      assert.equal(dotted(sentence), expected);
    });
  }
});
