import { isReadAsAWhole } from '../../core/lexer/wholeText';
import type { CodePart } from '../../host/protocol';
import type { CodePartsChoice } from '../contributions';

const choices: Readonly<Record<CodePartsChoice, readonly CodePart[] | undefined>> = {
  all: undefined,
  comments: ['comments'],
  strings: ['strings'],
  commentsAndStrings: ['comments', 'strings'],
};

/** The parts that an extraction of a document in this language is limited to; undefined for all of it. */
export function partsToRead(
  languageId: string,
  choice: CodePartsChoice,
): readonly CodePart[] | undefined {
  return isReadAsAWhole(languageId) ? undefined : choices[choice];
}
