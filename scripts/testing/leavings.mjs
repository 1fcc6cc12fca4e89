import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What programs and libraries that are not ours keep in the system's temporary folder: Node and tsx, VS Code, the browser, ONNX Runtime. */
const foreign =
  /^(tsx-|node-compile-cache|v8-|vscode-|\.?(org|com)\.|playwright|\.ses$|mat-debug-\d+\.log$)/iu;

/**
 * A temporary folder for all that a suite starts, so that what is left in it is known to be the
 * suite's. `environment` makes programs use it; `end` removes it and returns the names of what tests
 * or the product left there.
 */
export function temporaryFolderOf(suite) {
  // There, paths of sockets below it would be longer than the system has room for.
  if (process.platform === 'darwin') return { environment: {}, end: () => [] };
  const folder = mkdtempSync(path.join(os.tmpdir(), `dner-${suite}-`));
  const remove = () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  process.once('exit', remove);
  return {
    environment: { TMPDIR: folder, TMP: folder, TEMP: folder },
    end: () => {
      const left = readdirSync(folder).filter((name) => !foreign.test(name));
      process.removeListener('exit', remove);
      remove();
      return left;
    },
  };
}
