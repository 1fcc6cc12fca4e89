import type { Readable, Writable } from 'node:stream';

/** A stream that may be a terminal; `columns` is its width then. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };
export type InputStream = Readable & { readonly isTTY?: boolean };

/** Everything a command touches outside of itself, so that tests can run commands in their process. */
export interface Environment {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Folder that relative file names start from. */
  readonly folder: string;
  /** Folder of the program: the bundled models lie beside it, in `../models`. */
  readonly programFolder: string;
  /** Version that `--version` prints. */
  readonly version: string;
  /** Aborted when the user interrupts, with an `Interrupted` as its reason. */
  readonly signal: AbortSignal;
}
