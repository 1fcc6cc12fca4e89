import type { CommandModule } from '../command';
import { runSample, type SampleOptions } from '../datasets/runSample';
import { addDataSetOptions, addOutputOptions } from '../options/dataSet';
import { parseCount } from '../options/probability';

const examples = `
Every type gets the same number of passages: the size over the number of types, at most what the rarest
type has. Types with fewer passages than --least have no share.

Examples:
  dynamicner sample --size 2000 --least 10 train.jsonl > small.jsonl
  dynamicner sample --size 500 --level coarse --seed 7 train.json --out small.json`;

/** `sample`: DynamicNER's balanced sampling. */
export const sample: CommandModule = {
  name: 'sample',
  define(command, environment) {
    command
      .description('draws a sample in which every type is as frequent')
      .argument('[files...]', 'annotated files, or folders of brat; - is standard input')
      .requiredOption('--size <n>', 'passages wanted in all', parseCount)
      .option('--least <n>', 'passages that a type must have to get a share', parseCount, 1)
      .option('--types', 'also print the counts of every type');
    addDataSetOptions(command);
    addOutputOptions(command, '--out <file>');
    command.addHelpText('after', examples);
    return (parsed) => runSample(parsed.args, parsed.opts<SampleOptions>(), environment);
  },
};
