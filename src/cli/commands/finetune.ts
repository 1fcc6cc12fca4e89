import { Option, type Command } from 'commander';
import type { CommandModule } from '../command';
import { runFinetuning, type FinetuneOptions } from '../finetuning/runFinetuning';
import { formatNames } from '../formats';
import { parseSeed } from '../options/dataSet';
import { passagesOption } from '../options/passages';
import { parseProbability } from '../options/probability';
import { offsetsOption } from '../options/offsets';

const examples = `
Writes extractor.train.json, extractor.validation.json, classifier.train.json and
classifier.validation.json. What people accepted, corrected or added is taken, and annotations that
name no engine; what engines suggested is not, and rejected entities never are.

Examples:
  dynamicner finetune --out swift train.json
  dynamicner finetune --out swift --validation 0.2 --seed 7 --unlabelled notes.jsonl`;

/** `finetune`: annotated passages as fine-tuning files of the cascade's two models. */
export const finetune: CommandModule = {
  name: 'finetune',
  define(command, environment) {
    addOptions(command);
    return (parsed) => runFinetuning(parsed.args, parsed.opts<FinetuneOptions>(), environment);
  },
};

function addOptions(command: Command): void {
  command
    .description('writes annotations as SWIFT conversations to fine-tune extractor and classifier')
    .argument('[files...]', 'annotated files, or folders of brat; - is standard input')
    .addOption(
      new Option('--from <format>', 'format of the input (default: found out)').choices(
        formatNames,
      ),
    )
    .addOption(
      new Option(
        '--out <folder>',
        'folder of the files; made where there is none',
      ).makeOptionMandatory(),
    )
    .option(
      '--labels <file|names>',
      'taxonomy file, list file, or names separated by commas (default: DynamicNER’s taxonomy)',
    )
    .option(
      '--validation <share>',
      'share of the sentences that is kept for validation, from 0 to 1',
      parseProbability,
      0.1,
    )
    .option('--seed <n>', 'decides which sentences these are', parseSeed, 1)
    .option('--unlabelled', 'let the extractor also learn sentences without entities')
    .option('--suggested', 'take what engines suggested as well')
    .addOption(
      new Option('--unit <unit>', 'what is learnt as one example')
        .choices(['sentence', 'passage'])
        .default('sentence'),
    )
    .addOption(passagesOption())
    .option('--encoding <name>', 'encoding of the input, such as windows-1252 (default: UTF-8)')
    .addOption(offsetsOption())
    .option('--strict', 'stop at the first bad line')
    .addHelpText('after', examples);
}
