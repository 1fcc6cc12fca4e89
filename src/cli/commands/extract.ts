import { Option, type Command } from 'commander';
import type { CommandModule } from '../command';
import { openEncoder, type OpenEngine } from '../openEncoder';
import { formatNames } from '../formats';
import type { ExtractionOptions } from '../extraction/extractionOptions';
import { runExtraction } from '../extraction/runExtraction';
import { addLabelOptions, addWorkOptions } from '../options/extraction';
import { passagesOption } from '../options/passages';
import { parseParts } from '../options/parts';
import { offsetsOption } from '../options/offsets';

const examples = `
Examples:
  dynamicner extract notes.txt > notes.jsonl
  dynamicner extract --to terminal report.md
  dynamicner extract --labels "ship, port, cargo" --threshold 0.3 log.txt
  dynamicner extract --only comments,strings --level coarse src/*.py
  dynamicner extract --engine cascade --endpoint http://127.0.0.1:8000/v1 --endpoint-model NAME notes.txt
  dynamicner extract --config settings.json --extractor encoder --classifier endpoint:NAME --verify 0.2,0.6 notes.txt
  dynamicner extract --engine patterns --patterns products.jsonl notes.txt
  tail -f service.log | dynamicner extract --labels person,product -`;

/** `extract`: entities with an engine. */
export function extractWith(open: OpenEngine): CommandModule {
  return {
    name: 'extract',
    define(command, environment) {
      addOptions(command);
      return (parsed) =>
        runExtraction(parsed.args, parsed.opts<ExtractionOptions>(), environment, open);
    },
  };
}

export const extract = extractWith(openEncoder);

function addOptions(command: Command): void {
  command
    .description(
      'finds entities in texts, source code and data sets, where those that somebody decided on stay',
    )
    .argument('[files...]', 'texts, JSONL or DynamicNER files; - is standard input');
  addLabelOptions(command);
  command
    .addOption(
      new Option('--from <format>', 'format of the input (default: found out)').choices(
        formatNames,
      ),
    )
    .addOption(
      new Option('--to <format>', 'format of the output')
        .choices(['jsonl', 'dynamicner', 'terminal'])
        .default('jsonl'),
    )
    .option('--out <file>', 'write to a file, which appears when it is complete')
    .addOption(passagesOption('a line; a paragraph with --to terminal'))
    .option(
      '--only <parts>',
      'read only comments, strings, or both (comments,strings) of source files',
      parseParts,
    )
    .option('--encoding <name>', 'encoding of the input, such as windows-1252 (default: UTF-8)')
    .addOption(offsetsOption('read and written'))
    .option('--strict', 'stop at the first bad line')
    .option('--resume', 'go on where an interrupted run to the same --out stopped')
    .option('--stats', 'print counts and speed at the end')
    .option('--progress', 'print progress although standard error is no terminal');
  addWorkOptions(command);
  command.addHelpText('after', examples);
}
