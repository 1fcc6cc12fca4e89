import type { CodePart } from '../../host/protocol';
import type { CodePartsChoice } from '../contributions';

/** Languages that are read as a whole: prose, markup and data, where comments and strings are not the point. */
const readAsAWhole = new Set(
  [
    'plaintext markdown log csv tsv json jsonc jsonl snippets html xml xsl svg yaml toml ini',
    'properties dotenv latex tex bibtex restructuredtext asciidoc org diff search-result',
    'git-commit git-rebase ignore scminput',
  ]
    .join(' ')
    .split(' '),
);

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
  return readAsAWhole.has(languageId) ? undefined : choices[choice];
}
