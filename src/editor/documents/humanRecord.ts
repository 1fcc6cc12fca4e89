import * as z from 'zod';
import { anchorOf, findAnchor, type HumanRecord, type TextView } from '../../core/realign/anchor';
import type { EntityState } from './entityState';
import { takeTurns } from '../../engines/turns';

const path = z.array(z.string()).min(1);
const probability = z.number().min(0).max(1);
const record = z.object({
  entity: z.looseObject({
    id: z.string(),
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
    path,
    state: z.enum(['accepted', 'corrected', 'added', 'rejected']),
    score: probability.optional(),
    levelScores: z.array(probability).optional(),
    candidates: z.array(path).optional(),
    alternatives: z.array(z.object({ path, score: probability })).optional(),
  }),
  anchor: z.object({ quote: z.string(), before: z.string(), after: z.string() }),
});

/** What became of one annotation since its document's annotations were saved. */
export interface Change {
  readonly id: string;
  /** Digest of the annotation as it was saved; absent when it was not. */
  readonly before?: string;
  /** Absent when it was removed. */
  readonly after?: HumanRecord;
}

const change = z.object({
  id: z.string(),
  before: z.string().optional(),
  after: record.optional(),
});

/** The change of one line of a journal, or undefined where the line is not one. */
export function parseChange(line: string): Change | undefined {
  const value = parseJson(line);
  const whole = record.safeParse(value);
  if (whole.success) return { id: whole.data.entity.id, after: whole.data as HumanRecord };
  const parsed = change.safeParse(value);
  return parsed.success ? (parsed.data as Change) : undefined;
}

/** The value of a JSON text, or undefined where it is not one. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What humans did to a text, those entities whose words are gone included. */
export function recordsOf(state: EntityState): HumanRecord[] {
  const human = state.pick((entity) => entity.state !== 'suggested');
  return [...human, ...state.detached].flatMap((entity) => {
    const anchor = state.anchor(entity.id);
    return anchor === undefined ? [] : [{ entity, anchor }];
  });
}

/**
 * Finds kept entities in a text that may have changed since: at their old place where their words
 * still stand there, else where the same words stand in the same surroundings. The rest is detached:
 * kept, and found again when their words come back.
 */
export async function placeRecords(
  records: readonly HumanRecord[],
  text: TextView,
): Promise<{
  readonly standing: readonly HumanRecord[];
  readonly detached: readonly HumanRecord[];
}> {
  const standing: HumanRecord[] = [];
  const detached: HumanRecord[] = [];
  const breath = takeTurns();
  for (const kept of records) {
    await breath();
    const { entity, anchor } = kept;
    const found = isInPlace(kept, text) ? entity : findNearFirst(kept, text);
    if (found === undefined) {
      detached.push(kept);
      continue;
    }
    const { start } = found;
    const placed = { ...entity, start, end: start + anchor.quote.length };
    standing.push({ entity: placed, anchor: anchorOf(text, placed) });
  }
  return { standing, detached };
}

function isInPlace({ entity, anchor }: HumanRecord, text: TextView): boolean {
  if (entity.end > text.length || entity.start >= entity.end) return false;
  const now = anchorOf(text, entity);
  return now.quote === anchor.quote && (now.before === anchor.before || now.after === anchor.after);
}

/** Most changes move a mention by little: a look around its old place spares reading all of the text. */
const nearby = 2000;

function findNearFirst({ entity, anchor }: HumanRecord, text: TextView) {
  const near = {
    start: Math.max(0, Math.min(entity.start, text.length) - nearby),
    end: Math.min(text.length, entity.end + nearby),
  };
  const whole = { start: 0, end: text.length };
  return (
    findAnchor(text, anchor, near, entity.start) ?? findAnchor(text, anchor, whole, entity.start)
  );
}
