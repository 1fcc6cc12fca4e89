import { formatTable } from '../../src/cli/terminal/table';
import type { Measured, SetResult } from './measureSet';
import type { CheckedRequirement } from './requirements';

/** The results as a table: F1 in percent with its 95 % interval. */
export function formatResults(results: readonly SetResult[]): string {
  const rows = results.map((result) => [
    result.known ? result.name : `${result.name} *`,
    result.language,
    result.sentences < result.size
      ? `${result.sentences} of ${result.size}`
      : String(result.sentences),
    result.labels === 'names-of-line' ? `${result.labelCount} (own)` : String(result.labelCount),
    withInterval(result.strict),
    percent(result.strict.precision),
    percent(result.strict.recall),
    withInterval(result.spans),
    result.dynamicner === undefined
      ? ''
      : `${percent(result.dynamicner.extraction.f1)} / ${percent(result.dynamicner.classification.f1)}`,
    percent(result.unreachable),
    result.seconds.toFixed(1),
  ]);
  return formatTable(
    [
      { title: 'set' },
      { title: 'lang' },
      { title: 'sentences', side: 'start' },
      { title: 'labels', side: 'start' },
      { title: 'strict F1' },
      { title: 'P', side: 'start' },
      { title: 'R', side: 'start' },
      { title: 'spans F1' },
      { title: 'DynamicNER F1', side: 'start' },
      { title: '% off words', side: 'start' },
      { title: 's', side: 'start' },
    ],
    rows,
  );
}

/** What the columns mean, for readers of the table. */
export const legend = `strict: span and type; spans: span alone; in percent, with the 95 % bootstrap interval over sentences.
DynamicNER: the scorer of the data set's users, extraction / extraction and classification.
% off words: gold entities that begin or end inside a word of the pack and cannot be found.
labels (own): each line is extracted with the names that it is annotated with. Sets named dynamicner* and the
sample are extracted with DynamicNER's taxonomy of 155 types, all others with their own names as a flat list.
*: the pack is not made for this language.`;

/** The requirements, one a line. */
export function formatRequirements(requirements: readonly CheckedRequirement[]): string {
  return requirements
    .map(({ outcome, set, figure, least, reached }) => {
      const found = reached === undefined ? 'not measured' : reached.toFixed(1);
      return `${outcome.padEnd(7)}  ${set}: ${figure} F1 ${found}, at least ${least}`;
    })
    .join('\n');
}

function withInterval({ f1, interval }: Measured): string {
  return `${percent(f1)} [${percent(interval.low)}, ${percent(interval.high)}]`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
