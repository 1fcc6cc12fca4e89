import { Option, type Command } from 'commander';
import type { CommandModule } from '../command';
import { runConversion, type ConversionOptions } from '../conversion/runConversion';
import { bratName, formatNames, reports } from '../formats';
import { passagesOption } from '../options/passages';
import { offsetsOption } from '../options/offsets';

const examples = `
What the output format cannot say is counted on standard error.

Examples:
  dynamicner convert --to jsonl test.json > test.jsonl
  dynamicner convert --to dynamicner --level coarse test.jsonl --out test.json
  dynamicner convert --to bio --encoding gbk train.jsonl --out train.bio
  dynamicner convert --to jsonl brat-folder > documents.jsonl
  dynamicner convert --to brat test.jsonl --out new-folder
  dynamicner convert --to html test.jsonl --out report.html`;

/** `convert`: one format to another, losses reported. */
export const convert: CommandModule = {
  name: 'convert',
  define(command, environment) {
    addOptions(command);
    return (parsed) => runConversion(parsed.args, parsed.opts<ConversionOptions>(), environment);
  },
};

function addOptions(command: Command): void {
  command
    .description('converts data sets from one format to another')
    .argument('[files...]', 'files, or folders of brat; - is standard input')
    .addOption(
      new Option('--from <format>', 'format of the input (default: found out)').choices([
        ...formatNames,
        bratName,
      ]),
    )
    .addOption(
      new Option('--to <format>', 'format of the output')
        .choices([...formatNames, bratName, ...reports.map(({ name }) => name)])
        .makeOptionMandatory(),
    )
    .option('--out <file>', 'write to a file, which appears when it is complete')
    .option('--map <file>', 'map from list to list, or rules that rename, split and remove types')
    .option(
      '--level <level>',
      'level of the label: coarse, medium, fine, or 1, 2, … (default: the deepest known)',
    )
    .option(
      '--labels <file|names>',
      'taxonomy that gives bare names their path (default with --level: DynamicNER’s)',
    )
    .addOption(passagesOption())
    .option(
      '--encoding <name>',
      'encoding of the input, such as gbk, shift_jis, euc-kr or utf-16le; the output gets it too (default: UTF-8)',
    )
    .option('--out-encoding <name>', 'encoding of the output (default: that of --encoding)')
    .addOption(offsetsOption('read and written'))
    .option('--strict', 'stop at the first bad line')
    .addHelpText('after', examples);
}
