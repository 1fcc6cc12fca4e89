/**
 * The places in `numbers` of a longest run that rises; numbers below 0 are left out. What stands at
 * these places need not move when all are put in order.
 */
export function longestRun(numbers: readonly number[]): ReadonlySet<number> {
  /** For each length of a run, the place of the least number that such a run ends with. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  numbers.forEach((number, place) => {
    if (number < 0) return;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before[place] = ends[low - 1];
    ends[low] = place;
  });
  const run = new Set<number>();
  for (let place = ends.at(-1); place !== undefined; place = before[place]) run.add(place);
  return run;
}
