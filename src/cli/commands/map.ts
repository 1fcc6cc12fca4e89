import type { CommandModule } from '../command';
import { runMap, type MapOptions } from '../mapping/runMap';
import { openEncoder, type OpenEngine } from '../openEncoder';
import { parseProbability } from '../options/probability';

const examples = `
Types of the same name go to each other; of others the nearest label vector of the model decides, and
what is like nothing goes nowhere (null). Look through the file before you use it.

Examples:
  dynamicner map --from conll.txt --to "person, place, company" --out map.jsonc
  dynamicner convert --map map.jsonc --to jsonl conll.jsonl > mapped.jsonl
  dynamicner evaluate --map map.jsonc --gold gold.jsonl --pred found.jsonl`;

/** `map`, with a way to open the encoder. */
export function mapWith(open: OpenEngine): CommandModule {
  return {
    name: 'map',
    define(command, environment) {
      command
        .description('suggests a map from one label list to another, for convert and evaluate')
        .requiredOption('--from <file|names>', 'list of the annotations')
        .requiredOption('--to <file|names>', 'list that is wanted')
        .option('--least <p>', 'least likeness of two types, from 0 to 1', parseProbability, 0.5)
        .option('--out <file>', 'write to a file, which appears when it is complete')
        .addHelpText('after', examples);
      return (parsed) => runMap(parsed.opts<MapOptions>(), environment, open);
    },
  };
}

export const map = mapWith(openEncoder);
