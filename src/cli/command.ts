import type { Command } from 'commander';
import type { Environment } from './environment';
import type { ExitCode } from './exit';

/**
 * One command of the program, in a file of its own under `commands/`. `define` adds the command's
 * description, arguments and options to a fresh `Command` and returns what runs it: called with the
 * arguments and options that commander read. It throws `UsageError` for options that do not fit
 * together, `InputError` for bad input that ends the run.
 */
export interface CommandModule {
  readonly name: string;
  define(command: Command, environment: Environment): (command: Command) => Promise<ExitCode>;
}
