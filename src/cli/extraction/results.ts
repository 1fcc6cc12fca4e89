import type { Entity } from '../../core/entity/entity';
import { mergeSuggestions } from '../../core/entity/mergeSuggestions';
import type { InputError } from '../../core/errors';
import type { PassageData } from '../../core/formats/format';
import { phraseText } from '../../core/messages/phrase';
import type { Engine, ExtractOptions } from '../../engines/engine';
import type { Messages } from '../io/messages';
import type { InputPassage } from '../io/passages';
import type { Progress } from '../progress';
import { extractInOrder, type Extracted } from './inOrder';
import type { Item } from './items';
import { countWords } from './statistics';

/** What came of one passage of the input: the passage with its entities, or why there are none. */
export type Result =
  | { readonly input: InputPassage; readonly data: PassageData }
  | { readonly input: InputPassage; readonly error: InputError };

export interface ResultOptions extends ExtractOptions {
  readonly messages: Messages;
  readonly progress: Progress;
  /** Called when the engine begins to read: its labels are ready then. */
  readonly onBegin: () => void;
}

/** The results of the items, in their order, as they come. Failures are told as their turn comes. */
export async function* extractResults(
  engine: Engine,
  items: AsyncIterable<Item>,
  { messages, progress, onBegin, ...options }: ResultOptions,
): AsyncGenerator<Result> {
  const underWay = new Map<string, number>();
  const wordsAhead = () => [...underWay.values()].reduce((sum, words) => sum + words, 0);
  const work: ExtractOptions = {
    ...options,
    onReading: ({ id, words }) => {
      underWay.set(id, words);
      progress.reading(wordsAhead());
    },
  };
  for await (const extracted of extractInOrder(engine, announce(items, onBegin), work)) {
    const { input, passages } = extracted.item;
    if ('error' in input) {
      messages.fail(input.error);
      yield { input, error: input.error };
      continue;
    }
    const place = `${input.source.name}:${input.line}`;
    for (const note of extracted.results.flatMap(({ diagnostics }) => diagnostics ?? [])) {
      messages.warn(`${place}: ${phraseText(note)}`);
    }
    const found = placedEntities(extracted);
    const entities = mergeSuggestions(input.data.entities, found, options.overlap ?? 'flat');
    for (const { id } of passages) underWay.delete(id);
    progress.add(await countWords(input.data.text), wordsAhead());
    // What an earlier annotation could not place or read goes with the suggestions it came with.
    const data: { -readonly [Key in keyof PassageData]: PassageData[Key] } = {
      ...input.data,
      entities,
    };
    delete data.unplaced;
    delete data.unread;
    yield { input, data };
  }
}

async function* announce<T>(items: AsyncIterable<T>, onBegin: () => void): AsyncGenerator<T> {
  onBegin();
  yield* items;
}

/** What was found in the parts of a text, at its place in the whole text. */
function placedEntities({ item, results }: Extracted<Item>): readonly Entity[] {
  return results.flatMap(({ entities }, part) =>
    entities.map((entity): Entity => {
      const offset = item.offsets[part] ?? 0;
      const score = entity.score === undefined ? {} : { score: round(entity.score) };
      return { ...entity, ...score, start: entity.start + offset, end: entity.end + offset };
    }),
  );
}

/** Four decimals: more than the model is reproducible to. */
function round(probability: number): number {
  return Math.round(probability * 1e4) / 1e4;
}
