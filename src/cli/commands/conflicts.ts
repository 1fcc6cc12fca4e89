import { Option } from 'commander';
import type { CommandModule } from '../command';
import { runConflicts, type ConflictOptions } from '../datasets/runConflicts';
import { openEncoder, type OpenEngine } from '../openEncoder';
import { addDataSetOptions } from '../options/dataSet';
import { parseCount, parseProbability } from '../options/probability';

const examples = `
Three kinds: names for one thing (PER and person; or another name for the same mentions), one name for
different things (what one set labels so, the other labels otherwise or not at all), and words with
different labels. With --pack a model is compared with each set as well. The rules that would settle
them (--to rules) are for people to choose from; --map of convert, sample, split and prune applies them.

Examples:
  dynamicner conflicts conll.jsonl ontonotes.jsonl
  dynamicner conflicts --to rules --out rules.json a.jsonl b.jsonl c.json
  dynamicner conflicts --pack dynamicner-en-small train.json
  dynamicner convert --map rules.json --to b2nerd a.jsonl > a.json`;

/** `conflicts`, with a way to open the encoder. */
export function conflictsWith(open: OpenEngine): CommandModule {
  return {
    name: 'conflicts',
    define(command, environment) {
      command
        .description('finds what data sets name or label differently')
        .argument('[files...]', 'annotated files or folders of brat, each a data set')
        .option('--pack [dir]', 'also compare with a model: its folder or name')
        .addOption(
          new Option('--to <form>', 'how conflicts are printed')
            .choices(['table', 'json', 'rules'])
            .default('table'),
        )
        .option('--least <n>', 'occurrences that must be comparable', parseCount, 3)
        .option(
          '--agreement <p>',
          'share of agreeing occurrences below which one name means two things, from 0 to 1',
          parseProbability,
          0.5,
        )
        .option('--limit <n>', 'rows of the table', parseCount, 100)
        .option('--out <file>', 'write to a file, which appears when it is complete');
      addDataSetOptions(command);
      command.addHelpText('after', examples);
      return (parsed) =>
        runConflicts(parsed.args, parsed.opts<ConflictOptions>(), environment, open);
    },
  };
}

export const conflicts = conflictsWith(openEncoder);
