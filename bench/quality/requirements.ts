import type { SetResult } from './measureSet';

/** A figure that the bundled pack must reach, in percent. */
interface Requirement {
  readonly set: string;
  readonly figure: 'strict' | 'spans';
  readonly least: number;
}

const requirements: readonly Requirement[] = [
  { set: 'dynamicner-en-dev', figure: 'strict', least: 68 },
  { set: 'dynamicner-en-dev', figure: 'spans', least: 87 },
  { set: 'dynamicner-written-en-dev', figure: 'strict', least: 67 },
  { set: 'dynamicner-written-en-2-dev', figure: 'strict', least: 73 },
  { set: 'sample', figure: 'strict', least: 60 },
];

export interface CheckedRequirement extends Requirement {
  /** F1 in percent; undefined where the set was not measured. */
  readonly reached: number | undefined;
  readonly outcome: 'passed' | 'failed' | 'no data';
}

/** The requirements with what was reached; one whose data is absent neither passes nor fails. */
export function checkRequirements(results: readonly SetResult[]): CheckedRequirement[] {
  return requirements.map((requirement) => {
    const result = results.find(({ name }) => name === requirement.set);
    const reached = result === undefined ? undefined : 100 * result[requirement.figure].f1;
    const outcome =
      reached === undefined ? 'no data' : reached >= requirement.least ? 'passed' : 'failed';
    return { ...requirement, reached, outcome };
  });
}
