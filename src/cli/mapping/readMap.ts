import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors';
import type { PassageData } from '../../core/formats/format';
import { parseLabelMap } from '../../core/mapping/labelMap';
import { MapLosses } from '../../core/mapping/mapLosses';
import { parseLabelRules, type LabelRules } from '../../core/methods/labelRules';
import { phrase, phraseText } from '../../core/messages/phrase';
import type { Messages } from '../io/messages';

/** Gives the types of passages other names, as a file says. */
export interface TypeMapping {
  /** @param set Name of the data set that the passage is of. */
  apply<T extends PassageData>(passage: T, set: string): T;
  /** Tells what was lost, once all passages are mapped. */
  tell(messages: Messages): void;
}

/**
 * The mapping of a file: a map from list to list (`{"map": {…}}`), or rules (`{"rules": […]}`).
 * @throws {InputError} when it cannot be read or is neither.
 */
export async function readMapping(file: string, folder: string): Promise<TypeMapping> {
  let text: string;
  try {
    text = await readFile(path.resolve(folder, file), 'utf8');
  } catch (error) {
    throw new InputError(
      phrase`The map cannot be read (${(error as Error).message})`,
      phrase`Name a file of rules or of a map with --map.`,
      { source: file },
    );
  }
  if (/^[^{]*\{\s*"rules"/u.test(text)) {
    return ruleMapping(parseLabelRules(text, file), file);
  }
  const map = parseLabelMap(text, file);
  const losses = new MapLosses();
  return {
    apply: (passage) => map.apply(passage, losses),
    tell: (messages) => {
      for (const loss of losses.describe()) messages.say(phraseText(loss));
      messages.say(
        `entities mapped: ${losses.mapped}, removed: ${losses.removed}, without entry: ${losses.unmapped}.`,
      );
    },
  };
}

function ruleMapping(rules: LabelRules, file: string): TypeMapping {
  const strangers = new Set<string>();
  let changed = 0;
  return {
    apply: (passage, set) => {
      if (!rules.isFor(set)) strangers.add(set);
      const result = rules.apply(passage, set);
      if (result !== passage) changed++;
      return result;
    },
    tell: (messages) => {
      messages.say(`passages with types changed by the rules: ${changed}.`);
      for (const set of strangers) {
        messages.warn(
          `${file}: No rule is for “${set}”. The "set" of a rule is the name of a file without its ending, or of a folder.`,
        );
      }
    },
  };
}
