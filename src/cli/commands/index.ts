import type { CommandModule } from '../command';
import { check } from './check';
import { compare } from './compare';
import { conflicts } from './conflicts';
import { convert } from './convert';
import { dynamic } from './dynamic';
import { evaluate } from './evaluate';
import { extract } from './extract';
import { finetune } from './finetune';
import { learn } from './learn';
import { map } from './map';
import { models } from './models';
import { prune } from './prune';
import { sample } from './sample';
import { serve } from './serve';
import { split } from './split';

/** The program's commands, in the order of its help. */
export const commands: readonly CommandModule[] = [
  extract,
  convert,
  check,
  evaluate,
  compare,
  conflicts,
  sample,
  split,
  prune,
  map,
  dynamic,
  learn,
  finetune,
  serve,
  models,
];
