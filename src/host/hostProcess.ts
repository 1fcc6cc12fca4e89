import { fork, type ChildProcess } from 'node:child_process';
import {
  CancellationTokenSource,
  createMessageConnection,
  ErrorCodes,
  ResponseError,
  type MessageConnection,
  type NotificationType,
  type RequestType,
} from 'vscode-jsonrpc';
import { messageOf } from '../engines/errors';
import { wordingOf } from '../core/errors';
import { withSignal } from '../engines/abort';
import { phrase, type Phrase } from '../core/messages/phrase';
import { hostEnvironment } from './environment';
import { HostError } from './errors';
import { LineMessageReader, LineMessageWriter } from './lines';
import { hello, leave, ping, PROTOCOL_VERSION } from './protocol';

export interface HostProcessOptions {
  /** The bundled program of the process, `dist/host.js`. */
  readonly script: string;
  /** Seconds without a request after which the process leaves; 300 when absent. */
  readonly idleSeconds?: number;
  /** Seconds that the process has to say hello; 30 when absent. */
  readonly startSeconds?: number;
  /** Seconds that the process may be silent while a request waits; 60 when absent. */
  readonly silentSeconds?: number;
  /** More options of Node for the process, whatever this process was started with. */
  readonly execArgv?: readonly string[];
  /** Gets what the process writes on standard error, line by line. */
  readonly log?: (line: string) => void;
}

/** Much that it makes is short-lived: a young generation of 16 MB would grow to 48, and be no faster. */
const NODE_OPTIONS = ['--max-semi-space-size=4'];
const LAST_LINES = 8;
const CLOSE_MILLISECONDS = 200;

/** One life of the encoder's process, from its start to its end. */
export class HostProcess {
  private readonly connection: MessageConnection;
  private readonly lastLines: string[] = [];
  private waiting = 0;
  private silentTicks = 0;
  private watchdog: NodeJS.Timeout | undefined;
  private end: HostError | undefined;
  private readonly onEnd: ((why: HostError) => void)[] = [];

  /**
   * Starts the process and waits for its hello.
   * @throws HostError when the file is missing, the process ends, says something else, or is silent,
   * or the signal is aborted meanwhile.
   */
  static async start(options: HostProcessOptions, signal: AbortSignal): Promise<HostProcess> {
    const host = new HostProcess(options);
    const onAbort = (): void => host.finish(phrase`it was shut down before it had started`);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await host.greeted(1000 * (options.startSeconds ?? 30));
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    return host;
  }

  private constructor(private readonly options: HostProcessOptions) {
    const { script, idleSeconds = 300, execArgv = [] } = options;
    this.child = fork(script, [`--idle-seconds=${idleSeconds}`], {
      execArgv: [...NODE_OPTIONS, ...execArgv],
      env: hostEnvironment(process.env),
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
      serialization: 'json',
    });
    const { stdin, stdout, stderr } = this.child;
    if (!stdin || !stdout || !stderr) {
      throw new HostError(phrase`The encoder’s process has no pipes.`);
    }
    const reader = new LineMessageReader(stdout);
    this.connection = createMessageConnection(reader, new LineMessageWriter(stdin));
    stdout.on('data', () => (this.silentTicks = 0));
    stderr.setEncoding('utf8').on('data', (text: string) => this.keepLines(text));
    this.child.on('error', (error) =>
      this.finish(phrase`it could not be started: ${error.message}`),
    );
    this.child.on('exit', (code, signal) => {
      // What it said last may still be in the pipe, which closes soon.
      const finish = (): void => this.finish(describeExit(code, signal));
      this.child.once('close', finish);
      setTimeout(finish, CLOSE_MILLISECONDS);
    });
    reader.onError((error) => this.finish(phrase`its answers cannot be read: ${wordingOf(error)}`));
    this.connection.onError(([error]) => this.options.log?.(messageOf(error)));
  }

  private readonly child: ChildProcess;

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Why the process can serve no more; undefined as long as it can. */
  get ended(): HostError | undefined {
    return this.end;
  }

  /** Sets the one handler of a kind of notification. */
  onNotification<P>(type: NotificationType<P>, handler: (params: P) => void): void {
    this.connection.onNotification(type, handler);
  }

  /**
   * Sends a request. Aborting the signal cancels it in the process too.
   * @throws the signal's reason; a ResponseError of the process; {@link ended} when it ended before
   * it answered.
   */
  async request<P, R>(type: RequestType<P, R, void>, params: P, signal?: AbortSignal): Promise<R> {
    signal?.throwIfAborted();
    if (this.end) throw this.end;
    const cancellation = new CancellationTokenSource();
    const cancel = (): void => cancellation.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    this.wait(+1);
    const answer = this.connection
      .sendRequest(type, params, cancellation.token)
      .finally(() => this.wait(-1));
    try {
      return await withSignal(answer, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (isTransportError(error)) this.finish(phrase`it cannot be reached: ${messageOf(error)}`);
      throw this.ended ?? error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Asks the process to leave, and ends it when it does not; resolves once it is gone. */
  async stop(graceMilliseconds = 1000): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    const timer = setTimeout(() => this.child.kill('SIGKILL'), graceMilliseconds);
    if (this.end) this.child.kill('SIGKILL');
    else await this.connection.sendNotification(leave).catch(() => undefined);
    await gone;
    clearTimeout(timer);
  }

  private greeted(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.finish(phrase`it did not answer within ${milliseconds / 1000} s of its start`),
        milliseconds,
      );
      this.onEnd.push((why) => {
        clearTimeout(timer);
        reject(why);
      });
      this.connection.onNotification(hello, ({ protocol }) => {
        clearTimeout(timer);
        if (protocol === PROTOCOL_VERSION) resolve();
        else
          this.finish(
            phrase`it speaks version ${protocol} of the protocol, not ${PROTOCOL_VERSION}`,
          );
      });
      this.connection.listen();
    });
  }

  /** Counts requests under way; while there are any, a process that hangs is noticed. */
  private wait(change: number): void {
    this.waiting += change;
    clearInterval(this.watchdog);
    this.watchdog = undefined;
    if (this.waiting === 0 || this.end) return;
    const { silentSeconds = 60 } = this.options;
    this.watchdog = setInterval(() => {
      // Ticks, not times: a machine that slept has not let the process answer either.
      if (++this.silentTicks > 4) this.finish(phrase`it has been silent for ${silentSeconds} s`);
      else void this.connection.sendRequest(ping, null).catch(() => undefined);
    }, 250 * silentSeconds);
  }

  private finish(reason: Phrase): void {
    if (this.end) return;
    const { script } = this.options;
    const said = this.lastLines.join(' / ');
    this.end = new HostError(
      said === ''
        ? phrase`The encoder’s process cannot be used: ${reason}. Program: ${script}`
        : phrase`The encoder’s process cannot be used: ${reason}. It said: ${said} Program: ${script}`,
    );
    clearInterval(this.watchdog);
    this.connection.dispose();
    this.child.stdin?.destroy();
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    for (const callback of this.onEnd.splice(0)) callback(this.end);
  }

  private keepLines(text: string): void {
    for (const line of text.split('\n')) {
      if (line.trim() === '') continue;
      this.options.log?.(line);
      // The lines of a stack say where, but not what.
      if (/^\s+at /.test(line)) continue;
      this.lastLines.push(line.trim());
      if (this.lastLines.length > LAST_LINES) this.lastLines.shift();
    }
  }
}

/** Whether the pipe failed, as opposed to what the process answered. */
function isTransportError(error: unknown): boolean {
  if (!(error instanceof ResponseError)) return true;
  const codes: readonly number[] = [
    ErrorCodes.MessageWriteError,
    ErrorCodes.MessageReadError,
    ErrorCodes.PendingResponseRejected,
    ErrorCodes.ConnectionInactive,
  ];
  return codes.includes(error.code);
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): Phrase {
  return signal === null
    ? phrase`it ended with exit code ${code ?? phrase`unknown`}`
    : phrase`it was ended by ${signal}`;
}
