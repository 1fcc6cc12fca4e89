import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** A request for a chat completion as the server got it. */
export interface ChatRequest {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: {
    readonly model?: string;
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
    readonly stream?: boolean;
    readonly [parameter: string]: unknown;
  };
}

/** Answers one request in whatever way, also wrongly. */
export type ChatHandler = (
  request: ChatRequest,
  response: http.ServerResponse,
  number: number,
) => void | Promise<void>;

/** A server on the loopback interface whose every answer a test writes. */
export class ChatServer {
  readonly requests: ChatRequest[] = [];
  /** Requests under way now, and the most there were at once. */
  running = 0;
  mostRunning = 0;
  /** Sockets that the client closed before it had its answer. */
  closedEarly = 0;
  private readonly sockets = new Set<Socket>();
  private address: AddressInfo | undefined;

  static async start(
    handler: ChatHandler,
    { tls, port = 0 }: { readonly tls?: https.ServerOptions; readonly port?: number } = {},
  ): Promise<ChatServer> {
    const server = tls === undefined ? http.createServer() : https.createServer(tls);
    const started = new ChatServer(server, tls === undefined ? 'http' : 'https', handler);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    started.address = server.address() as AddressInfo;
    return started;
  }

  private constructor(
    private readonly server: http.Server | https.Server,
    private readonly protocol: 'http' | 'https',
    private handler: ChatHandler,
  ) {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
      void this.take(request, response);
    });
  }

  get port(): number {
    return this.address?.port ?? 0;
  }

  get url(): string {
    return `${this.protocol}://127.0.0.1:${this.port}/v1`;
  }

  /** Connections that stand. */
  get connections(): number {
    return this.sockets.size;
  }

  handle(handler: ChatHandler): void {
    this.handler = handler;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const asked: ChatRequest = {
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? {} : (JSON.parse(text) as ChatRequest['body']),
    };
    this.requests.push(asked);
    this.running++;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    response.on('close', () => {
      this.running--;
      if (!response.writableFinished) this.closedEarly++;
    });
    await this.handler(asked, response, this.requests.length);
  }
}

export interface AnswerOptions {
  readonly finish?: string;
  readonly logprobs?: unknown;
  readonly usage?: unknown;
}

/** A whole completion, as JSON or as a stream of a few characters at a time: what the request asks for. */
export function answer(
  request: ChatRequest,
  response: http.ServerResponse,
  text: string,
  options: AnswerOptions = {},
): void {
  if (request.body.stream === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(eventsOf(text, options).join(''));
  } else {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(completionOf(text, options));
  }
}

export function completionOf(text: string, options: AnswerOptions = {}): string {
  const { finish = 'stop', logprobs = null } = options;
  const usage = 'usage' in options ? options.usage : { prompt_tokens: 10, completion_tokens: 5 };
  return JSON.stringify({
    id: 'x',
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text },
        finish_reason: finish,
        logprobs,
      },
    ],
    usage,
  });
}

/** The events of a streamed completion, with the usage in one of its own. */
export function eventsOf(text: string, options: AnswerOptions = {}): string[] {
  const { finish = 'stop', logprobs = null } = options;
  const usage = 'usage' in options ? options.usage : { prompt_tokens: 10, completion_tokens: 5 };
  const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
  const chunk = (delta: unknown, finishReason: string | null, probabilities: unknown): string =>
    event({
      id: 'x',
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason: finishReason, logprobs: probabilities }],
    });
  const pieces = text.match(/[\s\S]{1,7}/gu) ?? [];
  return [
    chunk({ role: 'assistant', content: '' }, null, null),
    ...pieces.map((content, index) => chunk({ content }, null, index === 0 ? logprobs : null)),
    chunk({}, finish, null),
    ...(usage === undefined ? [] : [event({ id: 'x', choices: [], usage })]),
    'data: [DONE]\n\n',
  ];
}
