/** The programs that make up an installed browser workbench. */
export interface InstalledWorkbench {
  /** Folder of the npm package code-server. */
  readonly folder: string;
  /** The Node that runs it. */
  readonly node: string;
}

export interface WorkbenchServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What the server wrote so far. */
  log(): string;
  /** Changes user settings for workbenches that load from now on. */
  set(settings: Readonly<Record<string, unknown>>): void;
  /** Ends the server and all it started. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly workbench: InstalledWorkbench;
  readonly profile: string;
  readonly extensions?: string;
  readonly trust?: boolean;
  readonly port?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export function startServer(options: ServerOptions): Promise<WorkbenchServer>;
export function addressOf(
  url: string,
  open: {
    readonly folder: string;
    readonly file?: string;
    readonly payload?: ReadonlyArray<readonly [string, string]>;
  },
): string;
export function remote(url: string, file: string): string;
export function linkExtension(folder: string, root: string): void;
