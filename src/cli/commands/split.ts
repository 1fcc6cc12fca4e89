import { InvalidArgumentError } from 'commander';
import type { CommandModule } from '../command';
import { runSplit, type SplitOptions } from '../datasets/runSplit';
import { addDataSetOptions, addOutputOptions } from '../options/dataSet';
import { parseProbability } from '../options/probability';

const examples = `
Each part gets its share of the passages and of every type. Near duplicates, and passages with the same
value of --group-by, are never in two parts.

Examples:
  dynamicner split --out parts all.jsonl
  dynamicner split --shares 70,15,15 --group-by document --seed 7 --out parts all.json
  dynamicner split --shares 1,1,1,1,1 --names fold1,fold2,fold3,fold4,fold5 --out folds all.bio`;

/** `split`: stratified parts without leaks. */
export const split: CommandModule = {
  name: 'split',
  define(command, environment) {
    command
      .description('splits a data set into parts with the same types and no leaks')
      .argument('[files...]', 'annotated files, or folders of brat; - is standard input')
      .option('--shares <list>', 'shares of the parts', parseShares, [80, 10, 10])
      .option('--names <list>', 'names of the parts', parseNames, ['train', 'dev', 'test'])
      .option(
        '--group-by <key>',
        'key of passages whose equal values stay together, such as document',
      )
      .option(
        '--likeness <p>',
        'share of words from which passages are near duplicates, from 0 to 1',
        parseProbability,
        0.8,
      )
      .option('--types', 'also print the counts of every type');
    addDataSetOptions(command);
    addOutputOptions(command, '--out <folder>');
    command.addHelpText('after', examples);
    return (parsed) => runSplit(parsed.args, parsed.opts<SplitOptions>(), environment);
  },
};

function parseShares(text: string): number[] {
  const shares = text.split(/[,/]/u).map(Number);
  if (shares.length < 2 || !shares.every((share) => share > 0 && share < Infinity)) {
    throw new InvalidArgumentError('Give two or more numbers above 0, such as 80,10,10.');
  }
  return shares;
}

function parseNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const fit = names.every((name) => /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name));
  if (!fit || new Set(names).size < names.length) {
    throw new InvalidArgumentError('Give different names for files, such as train,dev,test.');
  }
  return names;
}
