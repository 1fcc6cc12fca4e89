import type { CommandModule } from '../command';

/** The program's commands, in the order of its help. */
export const commands: readonly CommandModule[] = [];
