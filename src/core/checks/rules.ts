import { phrase, type Phrase } from '../messages/phrase';
import type { Severity } from './finding';

/** A rule of the checks. Its id stands in reports and settings of others, and never changes. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, as a sentence. */
  readonly title: Phrase;
}

/** All rules, in the order of reports. */
export const rules: readonly Rule[] = [
  rule('unreadable', 'error', phrase`A part of the file cannot be read.`),
  rule('unaligned-mention', 'error', phrase`A mention or its offsets do not fit the text.`),
  rule(
    'ambiguous-mention',
    'note',
    phrase`A mention occurs several times, and the file does not say which is meant.`,
  ),
  rule('malformed-value', 'warning', phrase`A value is not what the format says.`),
  rule('tag-sequence', 'warning', phrase`Tags do not follow from each other.`),
  rule('empty-passage', 'warning', phrase`A passage has no text.`),
  rule('blank-edge', 'warning', phrase`An entity begins or ends with white space.`),
  rule('punctuation-edge', 'note', phrase`An entity begins or ends with punctuation.`),
  rule('cut-word', 'warning', phrase`An entity begins or ends inside a word.`),
  rule('repeated-entity', 'warning', phrase`The same entity is listed twice.`),
  rule(
    'overlap',
    'warning',
    phrase`Entities overlap where the format or the rest of the file has none.`,
  ),
  rule('unknown-type', 'warning', phrase`The taxonomy does not have a type.`),
  rule('ambiguous-type', 'note', phrase`A type name stands at several places of the taxonomy.`),
  rule('surface-types', 'note', phrase`The same words have different types.`),
  rule('mixed-scripts', 'warning', phrase`A word mixes letters of scripts that look alike.`),
  rule('invisible-character', 'warning', phrase`Invisible characters stand in the text.`),
  rule('near-duplicate', 'note', phrase`A passage is much like another one.`),
  rule(
    'leak',
    'warning',
    phrase`A passage, or eight words in a row of it, stand in the other file.`,
  ),
];

function rule(id: string, severity: Severity, title: Phrase): Rule {
  return { id, severity, title };
}

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((one) => [one.id, one]));

/** The rule of that id. @throws {Error} when there is none. */
export function ruleOf(id: string): Rule {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`There is no rule “${id}”.`);
  return found;
}
