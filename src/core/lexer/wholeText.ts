/** VS Code's ids of prose, markup and data, where comments and strings are not the point. */
const ids = new Set(
  [
    'plaintext markdown log csv tsv json json5 jsonc jsonl snippets html xml xsl svg yaml toml ini',
    'properties dotenv latex tex bibtex restructuredtext asciidoc org diff search-result',
    'git-commit git-rebase ignore scminput',
  ]
    .join(' ')
    .split(' '),
);

/** Whether files of a language are read as a whole, whatever parts of source code are asked for. */
export function isReadAsAWhole(languageId: string): boolean {
  return ids.has(languageId);
}
