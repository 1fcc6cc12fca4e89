import type { Format, PassageData, WriteOptions } from '../../core/formats/format';
import { describeProblem } from '../../core/problem';
import { phraseText } from '../../core/messages/phrase';
import type { Result } from './results';

/** Turns results into what is written, as they come. */
export type ResultWriter = (results: AsyncIterable<Result>) => AsyncIterable<string | Uint8Array>;

/**
 * One line for each result, at once: a format whose passages are lines, with
 * `{"line": n, "error": …}` in the place of what failed (and the file where there are several).
 */
export function writeLines(format: Format, options: WriteOptions, several: boolean): ResultWriter {
  return async function* (results) {
    for await (const result of results) {
      if ('data' in result) yield* format.write([result.data], options);
      else {
        const { line, source } = result.input;
        const { problem: message, mend, place } = result.error;
        const said = phraseText(describeProblem({ message, mend }));
        const field = place.field === undefined ? '' : `"${place.field}": `;
        const file = several ? { file: source.name } : {};
        yield `${JSON.stringify({ ...file, line, error: `${field}${said}` })}\n`;
      }
    }
  };
}

/** A whole file of a format that has no place for failures; they are left to the messages. */
export function writeFile(format: Format, options: WriteOptions): ResultWriter {
  return (results) => format.write(passagesOf(results), options);
}

/** The passages of results, without those that failed. */
export async function* passagesOf(results: AsyncIterable<Result>): AsyncGenerator<PassageData> {
  for await (const result of results) if ('data' in result) yield result.data;
}
