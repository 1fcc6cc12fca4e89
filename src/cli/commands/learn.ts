import { Option } from 'commander';
import type { CommandModule } from '../command';
import { formatNames } from '../formats';
import { runLearning, type LearningOptions } from '../learning/runLearning';
import { openEncoder, type OpenEngine } from '../openEncoder';
import { passagesOption } from '../options/passages';
import { offsetsOption } from '../options/offsets';

const examples = `
Every entity of the input is an example of its type, and every other span of the texts is none. What
engines suggested and nobody accepted is left out, and entities with the state “rejected” teach what
is none. The file works with the version of the pack that it was learned for.

Examples:
  dynamicner learn --labels machines.taxonomy.json --out machines.adapters.json annotated.jsonl
  dynamicner learn --labels "ship, port" --estimate --out ports.adapters.json train.json
  dynamicner extract --labels "ship, port" --adapters ports.adapters.json log.txt`;

/** `learn`, with a way to open the encoder. */
export function learnWith(open: OpenEngine): CommandModule {
  return {
    name: 'learn',
    define(command, environment) {
      command
        .description('trains label adapters from annotated passages, for extract --adapters')
        .argument('[files...]', 'annotated files, or folders of brat; - is standard input')
        .addOption(
          new Option(
            '--out <file>',
            'file of the adapters; appears when it is complete',
          ).makeOptionMandatory(),
        )
        .option(
          '--labels <file|names>',
          'taxonomy file, list file, or names separated by commas (default: DynamicNER’s taxonomy)',
        )
        .option(
          '--model <dir>',
          'folder of a model, or name of a bundled one (default: the bundled one for the language)',
        )
        .option('--estimate', 'estimate how well each label was learned; takes ten times as long')
        .option('--partial', 'texts without annotations say nothing of what is no entity')
        .option('--suggested', 'take what engines suggested as well')
        .addOption(
          new Option('--from <format>', 'format of the input (default: found out)').choices(
            formatNames,
          ),
        )
        .addOption(passagesOption())
        .option('--encoding <name>', 'encoding of the input, such as gbk (default: UTF-8)')
        .addOption(offsetsOption())
        .option('--strict', 'stop at the first bad line')
        .addHelpText('after', examples);
      return (parsed) =>
        runLearning(parsed.args, parsed.opts<LearningOptions>(), environment, open);
    },
  };
}

export const learn = learnWith(openEncoder);
