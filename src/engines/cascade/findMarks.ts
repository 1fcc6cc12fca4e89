import type { CharacterMap } from './alignCharacters';
import type { CharacterText, SignRun } from './characters';
import type { Mark, Neighbour } from './pairMarks';

/**
 * The marks `##` of an answer: its number signs less those that the sentence itself has at the same
 * place. In order; two marks in one place stand twice.
 * @param keepsOwn Whether the model repeated the sentence's own signs; some leave them out.
 */
export function findMarks(
  answer: CharacterText,
  sentence: CharacterText,
  map: CharacterMap,
  keepsOwn = true,
): Mark[] {
  const marks: Mark[] = [];
  for (const runs of groupByGap(answer.signs)) {
    const gap = runs[0]?.gap ?? 0;
    const signs = runs.reduce((sum, { start, end }) => sum + end - start, 0);
    const own = keepsOwn ? countOwnSigns(gap, sentence, map) : 0;
    const count = Math.floor(Math.max(0, signs - own) / 2);
    for (let number = 0; number < count; number++) {
      marks.push({
        gap,
        left: own > 0 || number > 0 ? 'open' : neighbourOf(answer, gap, runs, 'left'),
        right: own > 0 || number < count - 1 ? 'open' : neighbourOf(answer, gap, runs, 'right'),
      });
    }
  }
  return marks;
}

function groupByGap(signs: readonly SignRun[]): SignRun[][] {
  const groups: SignRun[][] = [];
  for (const run of signs) {
    const last = groups.at(-1);
    if (last?.[0]?.gap === run.gap) last.push(run);
    else groups.push([run]);
  }
  return groups;
}

/** Number signs of the sentence between what stands left and right of a gap of the answer. */
function countOwnSigns(gap: number, sentence: CharacterText, map: CharacterMap): number {
  if (sentence.signs.length === 0) return 0;
  const left = gap > 0 ? (map[gap - 1] ?? -1) : -1;
  const right = gap < map.length ? (map[gap] ?? -1) : sentence.characters.length;
  // Where one side stands for nothing, the other one says where it is.
  const from = left >= 0 ? left + 1 : gap === 0 ? 0 : right;
  const to = right >= 0 ? right : left + 1;
  return sentence.signs
    .filter((run) => run.gap >= Math.min(from, to) && run.gap <= Math.max(from, to))
    .reduce((sum, { start, end }) => sum + end - start, 0);
}

function neighbourOf(
  { characters, text }: CharacterText,
  gap: number,
  runs: readonly SignRun[],
  side: 'left' | 'right',
): Neighbour {
  const beside = characters[side === 'left' ? gap - 1 : gap];
  const edge = side === 'left' ? (runs[0]?.start ?? 0) : (runs.at(-1)?.end ?? 0);
  if (beside === undefined) return 'space';
  const isDirect = side === 'left' ? beside.end === edge : beside.start === edge;
  if (!isDirect && /\s/u.test(text[side === 'left' ? edge - 1 : edge] ?? ' ')) return 'space';
  return beside.joins ? 'letter' : 'open';
}
