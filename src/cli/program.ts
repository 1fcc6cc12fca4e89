import { Command, CommanderError } from 'commander';
import { InputError } from '../core/errors';
import type { CommandModule } from './command';
import { commands } from './commands';
import type { Environment } from './environment';
import { exitCode, Interrupted, OutputClosed, UsageError, type ExitCode } from './exit';

const usage = `Finds, converts and scores typed entities. Text stays on this machine unless
you name an endpoint.

Without FILES, or for the file -, standard input is read. Results go to standard output, messages to
standard error. Exit codes: 0 done, 1 bad input or failed work, 2 wrong usage, 130 interrupted.`;

/** Runs one command line (without the program's own name) and returns its exit code; never throws. */
export async function runProgram(
  args: readonly string[],
  environment: Environment,
  modules: readonly CommandModule[] = commands,
): Promise<ExitCode> {
  let code: ExitCode = exitCode.done;
  const program = buildProgram(environment, modules, (result) => (code = result));
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return exitCode.usage;
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return reportFailure(error, environment);
  }
}

function buildProgram(
  environment: Environment,
  modules: readonly CommandModule[],
  finish: (code: ExitCode) => void,
): Command {
  const program = configure(new Command('dynamicner'), environment)
    .description(usage)
    .version(environment.version, '--version', 'print the version');
  for (const module of modules) {
    const command = configure(program.command(module.name), environment);
    const run = module.define(command, environment);
    command.action(async () => finish(await run(command)));
  }
  return program;
}

function configure(command: Command, { stdout, stderr }: Environment): Command {
  return command
    .exitOverride()
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showHelpAfterError('Run it with --help for its options.')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    });
}

function reportFailure(error: unknown, environment: Environment): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCode.done : exitCode.usage;
  }
  if (error instanceof OutputClosed) return exitCode.done;
  if (error instanceof Interrupted || environment.signal.aborted) return exitCode.interrupted;
  if (error instanceof UsageError) {
    environment.stderr.write(`error: ${error.message}\nRun it with --help for its options.\n`);
    return exitCode.usage;
  }
  environment.stderr.write(`error: ${describe(error)}\n`);
  return exitCode.failed;
}

function describe(error: unknown): string {
  if (error instanceof InputError) return error.message;
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return String(error);
}
