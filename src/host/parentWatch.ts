const CHECK_MILLISECONDS = 2000;

/**
 * Calls back when the process that started this one is gone: its channel closed, or this process got
 * another parent (where the channel is kept open by somebody else).
 */
export function leaveWithParent(onGone: () => void): void {
  const parent = process.ppid;
  process.on('disconnect', onGone);
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, CHECK_MILLISECONDS).unref();
}
