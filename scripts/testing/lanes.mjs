import os from 'node:os';

/** Jobs beside each other: most wait for a window or a process half of their time. */
const lanes = Math.min(2, os.availableParallelism());

/**
 * Does all jobs, in their order as far as each can run yet, two at a time where there are two cores.
 * A job has `run`, and `isReady` where it needs what another one brings.
 * @param {readonly { run: () => Promise<void>, isReady?: () => boolean }[]} jobs
 */
export async function doAll(jobs) {
  const waiting = [...jobs];
  const running = new Set();
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(({ isReady }) => isReady?.() ?? true);
    if (next < 0 && running.size === 0) throw new Error('What is left waits for nothing.');
    if (next < 0 || running.size === lanes) {
      await Promise.race(running);
      continue;
    }
    const [job] = waiting.splice(next, 1);
    const done = job.run().finally(() => running.delete(done));
    running.add(done);
  }
}
