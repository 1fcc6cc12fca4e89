import { InvalidArgumentError, Option } from 'commander';
import type { CommandModule } from '../command';
import { runMeasure } from '../dynamic/runMeasure';
import { runDynamic, type DynamicCommandOptions } from '../dynamic/runDynamic';
import { formatNames } from '../formats';
import { openEncoder, type OpenEngine } from '../openEncoder';
import { parseSeed } from '../options/dataSet';
import { offsetsOption } from '../options/offsets';

const examples = `
The rounds: 1 mixes granularities, 2 replaces names by synonyms, 3 removes options, 4 merges into
miscellaneous. At the level of questions the result is a SWIFT classification file; at the level of
entities a data set whose types are the answers of the entities’ last questions, with the path that
they had as “originalPath” and the options as the passage’s “labels”. The metrics of the answers before
and after each round are printed on standard output with --out, else on standard error.

Examples:
  dynamicner dynamic --seed 7 --out version.jsonl train.json
  dynamicner dynamic --rounds 1..2 --report json --out version.json classifier.train.json
  dynamicner dynamic --measure train.json version.jsonl
  dynamicner dynamic --level question --published --out swift.json train.jsonl`;

/** `dynamic`, with a way to open the encoder. */
export function dynamicWith(open: OpenEngine): CommandModule {
  return {
    name: 'dynamic',
    define(command, environment) {
      command
        .description('makes dynamic versions of a data set, with metrics of its diversity')
        .argument(
          '[files...]',
          'annotated files, folders of brat, or SWIFT classification files; - is standard input',
        )
        .option(
          '--rounds <n>',
          'rounds up to this one, or a range such as 2..3',
          parseRounds,
          [1, 2, 3, 4],
        )
        .option('--seed <n>', 'decides all random choices', parseSeed, 1)
        .option('--published', 'as the published program does, also where the paper says otherwise')
        .addOption(
          new Option(
            '--level <what>',
            'what is made dynamic (default: questions of SWIFT files, else entities)',
          ).choices(['question', 'entity']),
        )
        .option('--synonyms <file>', 'JSON file of synonyms (default: ours for DynamicNER’s types)')
        .option('--measure', 'make no version: print metrics and counts of each file')
        .option('--semantic', 'also measure the cohesion of the entities’ vectors')
        .option('--labels <file|names>', 'taxonomy of the types (default: DynamicNER’s)')
        .addOption(
          new Option('--from <format>', 'format of the input (default: found out)').choices([
            ...formatNames,
            'swift',
          ]),
        )
        .addOption(
          new Option('--to <format>', 'format of the entities’ data set')
            .choices(formatNames)
            .default('jsonl'),
        )
        .option('--out <file>', 'write to a file, which appears when it is complete')
        .addOption(
          new Option('--report <form>', 'how the metrics are printed')
            .choices(['table', 'json'])
            .default('table'),
        )
        .option('--encoding <name>', 'encoding of the input, such as gbk (default: UTF-8)')
        .addOption(offsetsOption('read and written'))
        .option('--strict', 'stop at the first bad line')
        .addHelpText('after', examples);
      return (parsed) => {
        const options = parsed.opts<DynamicCommandOptions>();
        return options.measure === true
          ? runMeasure(parsed.args, options, environment)
          : runDynamic(parsed.args, options, environment, open);
      };
    },
  };
}

export const dynamic = dynamicWith(openEncoder);

/** `3` → 1, 2, 3; `2..4` → 2, 3, 4. */
function parseRounds(text: string): number[] {
  const found = /^(?:(?<first>[1-4])\.\.)?(?<last>[1-4])$/u.exec(text.trim());
  const first = Number(found?.groups?.['first'] ?? 1);
  const last = Number(found?.groups?.['last'] ?? 0);
  if (found === null || first > last) {
    throw new InvalidArgumentError('Give a number from 1 to 4, or a range such as 1..4.');
  }
  return [1, 2, 3, 4].filter((round) => round >= first && round <= last);
}
