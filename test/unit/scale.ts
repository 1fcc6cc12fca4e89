/**
 * How many times as much work the heavy suites do: 1 in `npm test`, 50 in `npm run test:heavy`
 * (environment variable TEST_SCALE).
 */
export const scale: number = readScale(process.env['TEST_SCALE']);

/** The number of runs of a property or fuzz test whose everyday number is `everyday`, as fast-check wants it. */
export function runs(everyday: number): { numRuns: number } {
  return { numRuns: Math.max(1, Math.round(everyday * scale)) };
}

function readScale(text: string | undefined): number {
  if (text === undefined || text === '') return 1;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) {
    throw new Error(`TEST_SCALE must be a number above 0, not “${text}”.`);
  }
  return value;
}
