import { phrase, type Phrase } from '../messages/phrase';
import type { Severity } from './finding';

/** All rules, in the order of reports. Their ids stand in files of others, and never change. */
export const rules = [
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

function rule<const Id extends string>(id: Id, severity: Severity, title: Phrase) {
  return { id, severity, /** What it finds, as a sentence. */ title };
}

export type RuleId = (typeof rules)[number]['id'];

/** How bad what each rule finds is. */
export const severityOf = Object.fromEntries(
  rules.map(({ id, severity }) => [id, severity]),
) as Readonly<Record<RuleId, Severity>>;
