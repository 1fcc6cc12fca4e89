import { InputError } from '../../core/errors';
import { describeProblem } from '../../core/problem';
import type { PassageData } from '../../core/formats/format';
import { phrase, phraseText } from '../../core/messages/phrase';
import type { Messages } from '../io/messages';
import { readPassages, type PassageOptions } from '../io/passages';
import type { Source } from '../io/sources';

/** A passage of a file that is scored, with its place for messages. */
export interface ScoredInput extends PassageData {
  readonly place: string;
  /** Stands in the place of a passage that could not be read. */
  readonly unreadable?: true;
}

/** What a taxonomy does not say about a name leaves the name as it is, which can be scored. */
const harmless = new Set(['unknown-type', 'ambiguous-type']);

/**
 * The passages of a file. One that cannot be read is told, and stands as an empty passage: without
 * id in a file without ids, so that the others keep their order, else with an id that no other has.
 * @throws {InputError} when the file cannot be read at all.
 */
export async function* readScored(
  source: Source,
  options: Omit<PassageOptions, 'text'>,
  messages: Messages,
): AsyncGenerator<ScoredInput> {
  let hasIds: boolean | undefined;
  let first: string[] = [];
  for await (const input of readPassages(source, { ...options, text: 'file' })) {
    const place = `${source.name}:${input.line}`;
    if ('error' in input) {
      messages.fail(input.error);
      if (hasIds === undefined) first.push(place);
      else yield unreadable(place, hasIds);
      continue;
    }
    for (const problem of input.problems) {
      if (harmless.has(problem.kind)) continue;
      messages.warn(`${place}: ${phraseText(describeProblem(problem))}`);
    }
    hasIds ??= input.data.id !== undefined;
    for (const before of first) yield unreadable(before, hasIds);
    first = [];
    yield { ...input.data, place };
  }
}

function unreadable(place: string, hasIds: boolean): ScoredInput {
  const id = hasIds ? { id: `\u0000${place}` } : {};
  return { ...id, place, text: '', entities: [], unreadable: true };
}

/** The error for two passages of one id, or place in order, whose texts are not the same. */
export function textsDiffer(gold: ScoredInput, predicted: ScoredInput): InputError {
  return new InputError(
    phrase`The text is not that of the gold passage at ${gold.place}`,
    phrase`Predict on the texts of the gold file; the passage counts as one without prediction.`,
    { source: predicted.place },
  );
}
