import fc from 'fast-check';
import type { Entity } from '../../../src/core/entity/entity';
import { assignIds } from '../../../src/core/entity/entityId';
import type { PassageData } from '../../../src/core/formats/format';
import { isInsidePair } from '../../../src/core/text/range';

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    'Ab',
    ' ',
    ' ',
    'é',
    'e\u0301',
    '🧭',
    '👩‍🚀',
    '東',
    '京',
    '서울',
    'ß',
    'İ',
    '\u2028',
    '"',
    '\\',
    '{',
    ',',
  ],
);
export const anyText = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

const path = fc.constantFrom(
  ['person'],
  ['person', 'real person', 'scholar'],
  ['product', 'weapon', 'biological'],
  ['market/mall'],
);

/** Passages with entities that overlap in every way, never inside a surrogate pair, never empty. */
export const anyPassage: fc.Arbitrary<PassageData> = anyText.chain((text) =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(text.length), path), { maxLength: 6 })
    .map((places) => {
      const seen = new Set<string>();
      const drafts: Omit<Entity, 'id'>[] = [];
      for (const [one, other, type] of places) {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const key = `${start} ${end} ${type.join('/')}`;
        if (start === end || isInsidePair(text, start) || isInsidePair(text, end)) continue;
        if (seen.has(key)) continue;
        seen.add(key);
        drafts.push({ start, end, path: type, state: 'suggested' });
      }
      drafts.sort((a, b) => a.start - b.start || b.end - a.end);
      return { text, entities: assignIds(text, drafts) };
    }),
);
