import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type http from 'node:http';
import type { LlamaContext, Token } from 'node-llama-cpp';
import { ChatServer, completionOf, eventsOf, type ChatRequest } from './chatServer';
import { writeTinyGguf } from './tinyGguf';

/** Conversations that the model works on at once; others wait. */
const sequences = 4;
const mostTokens = 1000;

/** llama.cpp with a tiny model of random weights behind OpenAI's chat completions. */
export interface LlamaServer {
  readonly server: ChatServer;
  /** Tokens that were made; stops growing when nobody waits for answers any more. */
  readonly tokens: number;
  stop(): Promise<void>;
}

/** Starts the server; `port` 0 for any. The model is written on the spot. */
export async function startLlamaServer(port = 0): Promise<LlamaServer> {
  // Loaded late: it takes a second, and is a module that cannot be required.
  const { getLlama, LlamaCompletion, LlamaLogLevel } = await import('node-llama-cpp');
  const file = path.join(tmpdir(), `tiny-${process.pid}-${Date.now()}.gguf`);
  await writeTinyGguf(file);
  // More threads than one only wait for each other in a model of this size.
  const quiet = { gpu: false, build: 'never', progressLogs: false, maxThreads: 1 } as const;
  const llama = await getLlama({ ...quiet, logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath: file });
  const context = await model.createContext({ sequences, contextSize: 4096, threads: 1 });
  let tokens = 0;
  const waiting: (() => void)[] = [];

  async function takeSequence(): Promise<ReturnType<LlamaContext['getSequence']>> {
    while (context.sequencesLeft === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    return context.getSequence();
  }

  async function complete(
    { body }: ChatRequest,
    signal: AbortSignal,
    onText: (text: string) => void,
  ): Promise<{ text: string; finish: string }> {
    const sequence = await takeSequence();
    try {
      signal.throwIfAborted();
      const completion = new LlamaCompletion({ contextSequence: sequence });
      const grammar = body['grammar'] as string | undefined;
      const prompt = (body.messages ?? [])
        .map(({ role, content }) => `${role}: ${content}\n`)
        .join('');
      const made: Token[] = [];
      let said = '';
      // The library's own pieces break characters that are several tokens.
      const say = (isLast: boolean): void => {
        const whole = model.detokenize(made);
        const sure = isLast ? whole : whole.replace(/\ufffd+$/u, '');
        if (sure.length > said.length) onText(sure.slice(said.length));
        said = sure;
      };
      const { metadata } = await completion.generateCompletionWithMeta(prompt, {
        maxTokens: Math.min(mostTokens, Number(body['max_tokens'] ?? mostTokens)),
        temperature: Number(body['temperature'] ?? 0),
        seed: Number(body['seed'] ?? 0),
        signal,
        onToken: (more) => {
          tokens += more.length;
          made.push(...more);
          say(false);
        },
        ...(grammar === undefined ? {} : { grammar: await llama.createGrammar({ grammar }) }),
      });
      say(true);
      return { text: said, finish: metadata.stopReason === 'maxTokens' ? 'length' : 'stop' };
    } finally {
      sequence.dispose();
      waiting.shift()?.();
    }
  }

  const server = await ChatServer.start(
    async (request, response) => {
      if (request.path.endsWith('/models')) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ object: 'list', data: [{ id: 'tiny' }] }));
        return;
      }
      const stop = new AbortController();
      response.on('close', () => stop.abort());
      const isStream = request.body.stream === true;
      try {
        const { text, finish } = await complete(request, stop.signal, (piece) => {
          if (isStream) sendPiece(response, piece);
        });
        if (isStream) {
          beginStream(response);
          response.end(eventsOf('', { finish }).join(''));
        } else {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(completionOf(text, { finish }));
        }
      } catch (error) {
        if (stop.signal.aborted) return;
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: String(error) } }));
      }
    },
    { port },
  );
  return {
    server,
    get tokens() {
      return tokens;
    },
    stop: async () => {
      await server.stop();
      await context.dispose();
      await model.dispose();
      await llama.dispose();
      await rm(file, { force: true });
    },
  };
}

function sendPiece(response: http.ServerResponse, content: string): void {
  beginStream(response);
  const choices = [{ index: 0, delta: { content }, finish_reason: null }];
  response.write(
    `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices })}\n\n`,
  );
}

function beginStream(response: http.ServerResponse): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
}
