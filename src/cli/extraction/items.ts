import { InputError } from '../../core/errors';
import { describeProblem } from '../../core/problem';
import type { OffsetUnit, PassageData } from '../../core/formats/format';
import type { Range } from '../../core/text/range';
import type { Passage } from '../../engines/engine';
import type { CodePart } from '../../host/protocol';
import { segmentText } from '../../host/segmentText';
import { phraseText } from '../../core/messages/phrase';
import type { Messages } from '../io/messages';
import { readPassages, type InputPassage, type TextPassages } from '../io/passages';
import type { Source } from '../io/sources';
import type { InputItem } from './inOrder';
import { isSourceCode, languageOfFile } from './languageOfFile';

/** A passage of the input with the parts of it that the engine reads. */
export interface Item extends InputItem {
  readonly input: InputPassage;
  /** Where each of `passages` begins in the text (UTF-16 units). */
  readonly offsets: readonly number[];
}

export interface ItemOptions {
  readonly from?: string;
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
  readonly passages: TextPassages;
  /** Parts that all files are limited to. */
  readonly only?: readonly CodePart[];
  /** Parts that source code is limited to where `only` says nothing. */
  readonly code?: readonly CodePart[];
  /** Language of passages that do not say theirs; found out when absent. */
  readonly language?: string;
  /** Whether the first thing that cannot be read ends the run. */
  readonly strict: boolean;
  readonly messages: Messages;
}

/**
 * The passages of all inputs, in order. An input that cannot be read at all is told and left out.
 * @throws {InputError} with `strict`, for the first thing that cannot be read.
 */
export async function* readItems(
  sources: readonly Source[],
  options: ItemOptions,
): AsyncGenerator<Item> {
  let number = 0;
  for (const source of sources) {
    const own = optionsFor(source, options);
    try {
      for await (const input of readSource(source, own)) {
        if ('error' in input) {
          if (options.strict) throw input.error;
          yield { input, passages: [], offsets: [] };
        } else {
          yield itemOf(input, source, own, () => String(++number));
        }
      }
    } catch (error) {
      if (options.strict || !(error instanceof InputError)) throw error;
      options.messages.fail(error);
    }
  }
}

/** Source code is read by its parts where the settings say so, whole files at a time. */
function optionsFor(source: Source, options: ItemOptions): ItemOptions {
  const { only, code, from } = options;
  if (only !== undefined || code === undefined || from !== undefined) return options;
  if (source.file === undefined || !isSourceCode(source.file)) return options;
  return { ...options, only: code, passages: 'file' };
}

function readSource(source: Source, options: ItemOptions): AsyncGenerator<InputPassage> {
  const { from, encoding, offsets, passages, only } = options;
  // A source file is text, whatever its first line looks like.
  const format = from ?? (only === undefined ? undefined : 'text');
  return readPassages(source, {
    ...(format === undefined ? {} : { from: format }),
    ...(encoding === undefined ? {} : { encoding }),
    offsets,
    text: passages,
  });
}

function itemOf(
  input: Exclude<InputPassage, { error: InputError }>,
  source: Source,
  options: ItemOptions,
  nextId: () => string,
): Item {
  for (const problem of input.problems) {
    const said = phraseText(describeProblem(problem));
    options.messages.warn(`${source.name}:${input.line}: ${said}`);
  }
  const { text, lang = options.language } = input.data;
  const whole: Passage = { id: nextId(), text, ...(lang === undefined ? {} : { lang }) };
  if (options.passages !== 'file' || !isWholeFile(input)) {
    return { input, passages: [whole], offsets: [0] };
  }
  const id = input.data.id ?? source.name;
  const parts = [...partsOf(text, source, options)];
  return {
    input: { ...input, data: { ...input.data, id } },
    passages: parts.map(({ start, end }) => {
      return { ...whole, id: nextId(), text: text.slice(start, end) };
    }),
    offsets: parts.map(({ start }) => start),
  };
}

/** Passages of annotated formats are what they are; only plain text comes as whole files. */
function isWholeFile({ data }: { readonly data: PassageData }): boolean {
  return data.entities.length === 0 && data.extra === undefined && data.id === undefined;
}

/** The paragraphs of a file that are read, cut as the editor cuts them. */
function* partsOf(text: string, source: Source, options: ItemOptions): Generator<Range> {
  const languageId = languageOfFile(source.file ?? '');
  const only = options.only ?? [];
  const { offsets, lexed } = segmentText({ text, languageId, only });
  if (!lexed) {
    options.messages.warn(
      `${source.name}: comments and strings of this kind of file are not known; all of it is read.`,
    );
  }
  for (let at = 0; at + 1 < offsets.length; at += 2) {
    yield { start: offsets[at] ?? 0, end: offsets[at + 1] ?? 0 };
  }
}
