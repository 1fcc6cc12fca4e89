import type { BulkRule } from './operations';
import type { PassageId } from './passage';
import { compileQuery, type FindText, type PassageFacts } from './queryMatch';

/** A rule that was made, and whom it is about. */
export interface ActiveRule {
  readonly rule: BulkRule;
  readonly step: number;
  /** Whether a passage is in the rule's scope, as the passage stood when the rule was made. */
  readonly holds: (id: PassageId, facts: PassageFacts) => boolean;
}

/** @param search How texts are searched; a caller may put a limit on its time. */
export function activateRule(rule: BulkRule, step: number, search?: FindText): ActiveRule {
  return { rule, step, holds: scopeTest(rule, search) };
}

function scopeTest({ scope }: BulkRule, search?: FindText): ActiveRule['holds'] {
  if (scope.kind === 'all') return () => true;
  if (scope.kind === 'ids') {
    const ids = new Set(scope.ids);
    return (id) => ids.has(id);
  }
  const matches = compileQuery(scope.query, search);
  return (_id, facts) => matches(facts);
}
