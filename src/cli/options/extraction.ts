import { Option, type Command } from 'commander';
import type { OffsetUnit } from '../../core/formats/format';
import { addEngineOptions, type EngineOptions } from './engine';
import { parseLanguage } from './language';
import { parseCount, parseProbability } from './probability';

/** What decides which entities are found and how they are told, as commander reads it. */
export interface ReadingOptions extends EngineOptions {
  readonly model?: string;
  readonly language?: string;
  readonly labels?: string;
  readonly adapters?: string;
  readonly level?: string;
  readonly threshold?: number;
  readonly nested?: true;
  readonly multiLabel?: true;
  readonly offsets: OffsetUnit;
  readonly config?: string;
  readonly workers?: number;
}

/** Adds the options that say what is looked for. */
export function addLabelOptions(command: Command): void {
  command
    .option(
      '--model <dir>',
      'folder of a model, or name of a bundled one (default: the bundled one for the language)',
    )
    .option(
      '--language <code>',
      'language of the texts, such as en or zh (default: found out for each passage)',
      parseLanguage,
    )
    .option(
      '--labels <file|names>',
      'taxonomy file, list file, or names separated by commas (default: DynamicNER’s taxonomy)',
    )
    .option('--adapters <file>', 'use what “learn” learned of the labels')
    .option(
      '--level <level>',
      'level of the label: coarse, medium, fine, or 1, 2, … (default: the deepest)',
    )
    .option(
      '--threshold <p>',
      'least probability of an entity, from 0 to 1 (default: the model’s)',
      parseProbability,
    )
    .addOption(new Option('--nested', 'allow entities inside entities').conflicts('multiLabel'))
    .option('--multi-label', 'allow several types for one span, and entities inside entities');
}

/** Adds the options that say what works, and with what. */
export function addWorkOptions(command: Command): void {
  command
    .option(
      '--config <file>',
      'read the extension’s settings from a settings.json; from one in a .vscode folder an endpoint elsewhere counts only with --endpoint NAME',
    )
    .option('--workers <n>', 'processes that work side by side (default: 1)', parseCount);
  addEngineOptions(command);
}
