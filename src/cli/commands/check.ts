import { Option } from 'commander';
import { overlapPolicies } from '../../core/entity/overlap';
import { runCheck, type CheckCommandOptions } from '../checking/runCheck';
import type { CommandModule } from '../command';
import { formatNames } from '../formats';
import { offsetsOption } from '../options/offsets';

const examples = `
Finds mentions that do not fit the text, white space and punctuation at edges, cut words, broken tag
sequences, overlaps, unknown types, the same words with different types, empty and near-duplicate
passages, passages of the other file (--against), mixed scripts and invisible characters.

Examples:
  dynamicner check train.jsonl
  dynamicner check --against train.json test.json
  dynamicner check --rules leak,near-duplicate --against train.jsonl test.jsonl
  dynamicner check --to sarif --out findings.sarif data/*.jsonl
  dynamicner check --fix train.jsonl`;

/** `check`: problems of a data set. */
export const check: CommandModule = {
  name: 'check',
  define(command, environment) {
    command
      .description('finds problems of data sets')
      .argument('[files...]', 'files, or folders of brat; - is standard input')
      .option('--against <file>', 'the other part of a split: finds what leaks into it')
      .addOption(
        new Option('--to <form>', 'how findings are printed')
          .choices(['text', 'json', 'sarif'])
          .default('text'),
      )
      .option(
        '--fix',
        'mend what can be mended without changing a meaning; the rest of the file stays byte for byte',
      )
      .option('--fixes <ids>', 'make the fixes of these ids (from --to json), separated by commas')
      .option('--rules <ids>', 'look for these only, separated by commas (default: all)')
      .addOption(
        new Option(
          '--overlap <policy>',
          'which overlaps may be (default: nested; flat for spacy and prodigy)',
        ).choices(overlapPolicies),
      )
      .option(
        '--labels <file|names>',
        'taxonomy of the types (default: DynamicNER’s, where the file has its types)',
      )
      .addOption(
        new Option('--from <format>', 'format of the input (default: found out)').choices(
          formatNames,
        ),
      )
      .option('--encoding <name>', 'encoding of the input, such as gbk (default: UTF-8)')
      .addOption(offsetsOption('and of those printed'))
      .addOption(
        new Option('--fail-on <severity>', 'end with 1 when something as bad was found')
          .choices(['error', 'warning', 'note', 'never'])
          .default('warning'),
      )
      .option('--out <file>', 'write to a file, which appears when it is complete')
      .addHelpText('after', examples);
    return (parsed) => runCheck(parsed.args, parsed.opts<CheckCommandOptions>(), environment);
  },
};
