/** Exit codes of every command. */
export const exitCode = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The command line itself is wrong: ends the run with 2. The message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The user stopped the run (SIGINT or SIGTERM): ends it with 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('Interrupted.');
  }
}

/** Nobody reads the output any more (`… | head`): ends the run quietly with 0. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';

  constructor() {
    super('The reader of the output has gone.');
  }
}
