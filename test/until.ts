import { AssertionError } from 'node:assert/strict';
import { inspect } from 'node:util';

/** Milliseconds: generous, because nothing here measures time, and a busy machine must not fail a test. */
export const patience = 60_000;
const pause = 25;

/**
 * Waits until `look` holds: until it returns true. Anything else that it returns is what is there
 * instead, and an assertion of it that fails does not hold yet. What was seen last stands in the
 * error of a wait that was in vain.
 */
export async function until(what: string, look: () => unknown): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    const seen = await seenBy(look);
    if (seen === true) return;
    if (Date.now() > deadline) {
      const last = typeof seen === 'string' ? seen : inspect(seen);
      throw new AssertionError({
        message: `${what}: not in ${patience / 1000} s. Last seen: ${last}`,
        stackStartFn: until,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Waits until none of the assertions that `check` makes fails. */
export async function eventually(what: string, check: () => unknown): Promise<void> {
  await until(what, async () => {
    await check();
    return true;
  });
}

async function seenBy(look: () => unknown): Promise<unknown> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
    throw error;
  }
}
