import type { CommandModule } from '../command';
import { runPrune, type PruneOptions } from '../datasets/runPrune';
import { openEncoder, type OpenEngine } from '../openEncoder';
import { addDataSetOptions, addOutputOptions } from '../options/dataSet';
import { parseCount } from '../options/probability';

const examples = `
Rare types choose first; each next passage of a type is the one that is least like those chosen for it,
by the vectors of the encoder. The report says how many passages of each type there were and are, how
even types are (0 to 1), and how far passages are from the nearest other one.

Examples:
  dynamicner prune --per-type 400 train.jsonl --out pruned.jsonl
  dynamicner prune --per-type 50 --empty 200 --level coarse train.json --out pruned.json --types`;

/** `prune`, with a way to open the encoder. */
export function pruneWith(open: OpenEngine): CommandModule {
  return {
    name: 'prune',
    define(command, environment) {
      command
        .description('keeps up to k passages of every type, those that differ most in meaning')
        .argument('[files...]', 'annotated files, or folders of brat; - is standard input')
        .requiredOption('--per-type <k>', 'passages wanted for each type', parseCount)
        .option('--empty <n>', 'passages without entities to keep (default: none)', parseCount, 0)
        .option('--model <dir>', 'folder or name of the model whose vectors are used')
        .option('--types', 'also print the counts of every type')
        .option('--resume', 'go on where an interrupted run to the same --out stopped')
        .option('--progress', 'print progress although standard error is no terminal');
      addDataSetOptions(command);
      addOutputOptions(command, '--out <file>');
      command.addHelpText('after', examples);
      return (parsed) => runPrune(parsed.args, parsed.opts<PruneOptions>(), environment, open);
    },
  };
}

export const prune = pruneWith(openEncoder);
