/** A smooth function: returns its value at a point and writes its gradient there. */
export type Smooth = (point: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  /** The largest part of the gradient at the point. */
  readonly slope: number;
  readonly iterations: number;
}

const MEMORY = 10;
const DECREASE = 1e-4;
const HALVINGS = 30;

/**
 * The lowest point of a convex function, by L-BFGS (Nocedal, 1980) with halved steps: no random
 * numbers, so the same function and start give the same point.
 */
export function minimize(
  evaluate: Smooth,
  start: Float64Array,
  { tolerance, iterations: most }: { readonly tolerance: number; readonly iterations: number },
): Minimum {
  let point: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(point.length);
  let value = evaluate(point, gradient);
  const steps: Step[] = [];
  let iterations = 0;
  for (; iterations < most && largestOf(gradient) > tolerance; iterations++) {
    const direction = directionOf(gradient, steps);
    const descent = dot(direction, gradient);
    let length = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const nextGradient = new Float64Array(point.length);
    let next = point;
    let nextValue = value;
    let tries = 0;
    do {
      next = along(point, direction, length);
      nextValue = evaluate(next, nextGradient);
      length /= 2;
    } while (nextValue > value + 2 * length * DECREASE * descent && ++tries < HALVINGS);
    // No smaller value can be told from this one: the point is as low as numbers go.
    if (!(nextValue < value)) break;
    const moved = difference(next, point);
    const bent = difference(nextGradient, gradient);
    const curvature = dot(moved, bent);
    if (curvature > 0) steps.push({ moved, bent, curvature });
    if (steps.length > MEMORY) steps.shift();
    point = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return { point, value, slope: largestOf(gradient), iterations };
}

interface Step {
  readonly moved: Float64Array;
  readonly bent: Float64Array;
  readonly curvature: number;
}

/** −H·gradient, with the inverse Hessian H as the last steps show it. */
function directionOf(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares: number[] = [];
  for (const { moved, bent, curvature } of [...steps].reverse()) {
    const share = dot(moved, direction) / curvature;
    shares.push(share);
    add(direction, bent, -share);
  }
  const last = steps.at(-1);
  if (last !== undefined) scale(direction, last.curvature / dot(last.bent, last.bent));
  for (const { moved, bent, curvature } of steps) {
    add(direction, moved, (shares.pop() as number) - dot(bent, direction) / curvature);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

function add(target: Float64Array, other: Float64Array, times: number): void {
  for (let at = 0; at < target.length; at++) {
    (target[at] as number) += times * (other[at] as number);
  }
}

function scale(target: Float64Array, times: number): void {
  for (let at = 0; at < target.length; at++) (target[at] as number) *= times;
}

function along(point: Float64Array, direction: Float64Array, length: number): Float64Array {
  return point.map((value, at) => value + length * (direction[at] as number));
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - (b[at] as number));
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
