import { setImmediate } from 'node:timers/promises';

/** Longest that a loop works before it lets others of its process have their turn. */
const turnMilliseconds = 4;

/** Makes a long loop stop for breath: `await breath()` in it yields when its turn is over. */
export function takeTurns(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < turnMilliseconds) return undefined;
    return setImmediate().then(() => {
      began = performance.now();
    });
  };
}
