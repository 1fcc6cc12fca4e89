import { Option, type Command } from 'commander';
import { formatNames } from '../formats';
import { offsetsOption } from './offsets';

/** The encodings of what is scored, as commander reads them. */
export interface ScoredEncodings {
  readonly encoding?: string;
  /** Of the predictions, where theirs is another one. */
  readonly predEncoding?: string;
}

/**
 * Adds the options that say how what is scored is read, and how its scores are written.
 * @param files What `--from` is the format of, and `--encoding` the encoding.
 */
export function addScoreOptions(command: Command, files: string): void {
  command
    .addOption(
      new Option('--from <format>', `format of ${files} (default: found out)`).choices(
        formatNames.filter((name) => name !== 'text'),
      ),
    )
    .option('--encoding <name>', `encoding of ${files}, such as gbk (default: UTF-8)`)
    .option('--pred-encoding <name>', 'encoding of predictions (default: that of --encoding)')
    .addOption(offsetsOption())
    .addOption(
      new Option('--to <form>', 'how scores are printed')
        .choices(['table', 'json'])
        .default('table'),
    )
    .option('--out <file>', 'write to a file, which appears when it is complete');
}

/** The named encodings, as the gold file and the predictions are read. */
export function encodingsOf({ encoding, predEncoding = encoding }: ScoredEncodings) {
  return { gold: encodingOption(encoding), predicted: encodingOption(predEncoding) };
}

function encodingOption(encoding: string | undefined): { readonly encoding?: string } {
  return encoding === undefined ? {} : { encoding };
}
