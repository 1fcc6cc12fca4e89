import { Option, type Command } from 'commander';
import { formatNames } from '../formats';
import { offsetsOption } from './offsets';

/**
 * Adds the options that say how what is scored is read, and how its scores are written.
 * @param files What `--from` is the format of.
 */
export function addScoreOptions(command: Command, files: string): void {
  command
    .addOption(
      new Option('--from <format>', `format of ${files} (default: found out)`).choices(
        formatNames.filter((name) => name !== 'text'),
      ),
    )
    .addOption(offsetsOption())
    .addOption(
      new Option('--to <form>', 'how scores are printed')
        .choices(['table', 'json'])
        .default('table'),
    )
    .option('--out <file>', 'write to a file, which appears when it is complete');
}
