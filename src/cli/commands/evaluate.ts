import { Option } from 'commander';
import type { CommandModule } from '../command';
import { runEvaluation, scorers, type EvaluationOptions } from '../evaluation/runEvaluation';
import { addScoreOptions } from '../options/scores';

const examples = `
Passages are matched by id, else by order. A gold passage without prediction counts as one in which
nothing was found.

Examples:
  dynamicner evaluate --gold test.jsonl --pred found.jsonl
  dynamicner evaluate --gold test.jsonl --pred found.jsonl --level coarse --by type
  dynamicner evaluate --gold test.json --pred found.json --scorer dynamicner --to json`;

/** `evaluate`: scores predictions. */
export const evaluate: CommandModule = {
  name: 'evaluate',
  define(command, environment) {
    command
      .description('scores predicted entities against gold entities')
      .requiredOption('--gold <file>', 'file with the right entities')
      .requiredOption('--pred <file>', 'file with the predicted entities; - is standard input')
      .addOption(
        new Option(
          '--scorer <name>',
          'strict: span and type; boundaries: span alone; type: type and some of the span; partial: some of the span, for half; token: words with their type; hierarchical: each level of the path; dynamicner: as the data set’s users score',
        )
          .choices(scorers)
          .default('strict'),
      )
      .option(
        '--level <level>',
        'level that is compared: coarse, medium, fine, or 1, 2, … (default: all)',
      )
      .option('--map <file>', 'map of the predicted types to those of the gold file')
      .option(
        '--labels <file|names>',
        'taxonomy that gives bare names their path (default: DynamicNER’s)',
      )
      .addOption(
        new Option(
          '--by <what>',
          'also score by type, by words of a mention, or by how frequent types are',
        ).choices(['type', 'length', 'frequency']),
      );
    addScoreOptions(command, 'both files');
    command.addHelpText('after', examples);
    return (parsed) => runEvaluation(parsed.opts<EvaluationOptions>(), environment);
  },
};
