import type { CommandModule } from '../command';
import { check } from './check';
import { convert } from './convert';
import { evaluate } from './evaluate';
import { extract } from './extract';
import { finetune } from './finetune';
import { models } from './models';

/** The program's commands, in the order of its help. */
export const commands: readonly CommandModule[] = [
  extract,
  convert,
  check,
  evaluate,
  finetune,
  models,
];
