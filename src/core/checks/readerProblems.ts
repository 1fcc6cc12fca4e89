import type { FormatRecord } from '../formats/format';
import type { Problem } from '../problem';
import type { Draft } from './finding';
import type { RuleId } from './rules';

/** The rule for each kind of problem that readers tell of; any other kind is a malformed value. */
const ruleOfKind: ReadonlyMap<string, RuleId> = new Map([
  ['missing-mention', 'unaligned-mention'],
  ['mention', 'unaligned-mention'],
  ['offset', 'unaligned-mention'],
  ['span', 'unaligned-mention'],
  ['entity', 'unaligned-mention'],
  ['discontinuous', 'unaligned-mention'],
  ['fuzzy-mention', 'unaligned-mention'],
  ['overlapping-mention', 'ambiguous-mention'],
  ['out-of-order-mention', 'ambiguous-mention'],
  ['ambiguous-mention', 'ambiguous-mention'],
  ['tag-sequence', 'tag-sequence'],
  ['tag', 'tag-sequence'],
  ['unknown-type', 'unknown-type'],
  ['ambiguous-type', 'ambiguous-type'],
]);

/** What reading a record has already found; types are checked by a rule of their own. */
export function* readerProblems(record: FormatRecord): Generator<Draft> {
  if (record.kind === 'bad') {
    yield draftOf(record.problem, 'unreadable');
    return;
  }
  for (const problem of record.problems) {
    const rule = ruleOfKind.get(problem.kind) ?? 'malformed-value';
    if (rule !== 'unknown-type' && rule !== 'ambiguous-type') yield draftOf(problem, rule);
  }
}

function draftOf({ message, mend, line, field }: Problem, rule: RuleId): Draft {
  return {
    rule,
    message,
    mend,
    ...(line === undefined ? {} : { line }),
    ...(field === undefined ? {} : { field }),
  };
}
