import { formatTable } from '../../src/cli/terminal/table';
import { SHOTS, type LearningRun } from './measureLearning';

/** F1 in percent for each number of shots; the mean over seeds, with the deviation over them. */
export interface Curve {
  readonly name: string;
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** A curve for each set, then that of the mean over the sets. */
export function curvesOf(runs: readonly LearningRun[]): Curve[] {
  const sets = [...new Set(runs.map(({ set }) => set))];
  const curves = sets.map((name): Curve => {
    const values = SHOTS.map((shots) =>
      runs.filter((run) => run.set === name && run.shots === shots).map(({ f1 }) => 100 * f1),
    );
    return { name, means: values.map(meanOf), deviations: values.map(deviationOf) };
  });
  // Each seed's mean over the sets, so that the deviation is that of the mean.
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const values = SHOTS.map((shots) =>
    seeds.map((seed) =>
      meanOf(
        runs.filter((run) => run.seed === seed && run.shots === shots).map(({ f1 }) => 100 * f1),
      ),
    ),
  );
  const mean = { name: 'mean', means: values.map(meanOf), deviations: values.map(deviationOf) };
  return [...curves, mean];
}

/** What learning must reach, and whether it did. */
export function checkCurve({
  means,
}: Curve): { readonly text: string; readonly passed: boolean }[] {
  const rises = SHOTS.slice(1).map((shots, at) => {
    const before = SHOTS[at] ?? 0;
    return {
      text: `the mean rises from ${before} to ${shots} examples a type: ${f1(means[at])} to ${f1(means[at + 1])}`,
      passed: (means[at + 1] ?? 0) > (means[at] ?? 0),
    };
  });
  const ten = SHOTS.indexOf(10);
  const gain = (means[ten] ?? 0) - (means[0] ?? 0);
  return [
    ...rises,
    { text: `ten examples a type gain at least 10 points: ${f1(gain)}`, passed: gain >= 10 },
  ];
}

export function formatCurves(curves: readonly Curve[]): string {
  const rows = curves.map(({ name, means, deviations }) => [
    name,
    ...means.map((mean, at) => `${f1(mean)} ± ${f1(deviations[at])}`),
  ]);
  const columns = SHOTS.map((shots) => ({
    title: shots === 0 ? 'zero-shot' : `k = ${shots}`,
    side: 'start' as const,
  }));
  return formatTable([{ title: 'strict F1' }, ...columns], rows);
}

function f1(value = NaN): string {
  return value.toFixed(1);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}
