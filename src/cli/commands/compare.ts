import { Option } from 'commander';
import { spanScorerKinds } from '../../core/scoring/spanScorer';
import type { CommandModule } from '../command';
import { runComparison, type ComparisonOptions } from '../comparison/runComparison';
import { openEncoder, type OpenEngine } from '../openEncoder';
import { parseSeed } from '../options/dataSet';
import { addAskingOptions } from '../options/engine';
import { parseProbability } from '../options/probability';
import { addScoreOptions } from '../options/scores';

const examples = `
Each name of --engines is a protocol (encoder, cascade, b2ner, …), a bundled model, a folder of a model,
or a file of predictions. The interval is the bootstrap's over passages.

Examples:
  dynamicner compare --gold test.jsonl --engines dynamicner-en-small,my-models/gliner
  dynamicner compare --gold test.json --engines encoder,cascade,b2ner --endpoint URL --endpoint-model NAME
  dynamicner compare --gold test.jsonl --engines encoder,others.jsonl --by type --level coarse
  dynamicner compare --gold test.jsonl --engines encoder,cascade --config settings.json --keep runs --resume`;

/** `compare`, with a way to open the encoder. */
export function compareWith(open: OpenEngine): CommandModule {
  return {
    name: 'compare',
    define(command, environment) {
      command
        .description(
          'scores engines, models and files of predictions on one gold file, side by side',
        )
        .requiredOption('--gold <file>', 'file with the right entities')
        .requiredOption('--engines <list>', 'what is compared, separated by commas')
        .addOption(
          new Option('--scorer <name>', 'what of an entity must agree, as in evaluate')
            .choices(spanScorerKinds)
            .default('strict'),
        )
        .addOption(new Option('--by <what>', 'also compare by type').choices(['type']))
        .option('--level <level>', 'level that is compared: coarse, medium, fine, or 1, 2, …')
        .option('--labels <file|names>', 'labels that are looked for (default: DynamicNER’s)')
        .option('--threshold <p>', 'least probability of an entity, from 0 to 1', parseProbability)
        .addOption(new Option('--nested', 'allow entities inside entities').conflicts('multiLabel'))
        .option('--multi-label', 'allow several types for one span')
        .option('--keep <folder>', 'keep what each engine finds as NAME.jsonl')
        .option('--resume', 'take what is in --keep instead of finding it again')
        .option('--seed <n>', 'of the interval', parseSeed, 1)
        .option(
          '--config <file>',
          'read the extension’s settings from a settings.json; from one in a .vscode folder an endpoint elsewhere counts only with --endpoint NAME',
        )
        .option('--progress', 'print progress although standard error is no terminal');
      addScoreOptions(command, 'the gold file and of files of predictions');
      addAskingOptions(command);
      command.addHelpText('after', examples);
      return (parsed) => runComparison(parsed.opts<ComparisonOptions>(), environment, open);
    },
  };
}

export const compare = compareWith(openEncoder);
