import { InvalidArgumentError, type Command } from 'commander';
import type { CommandModule } from '../command';
import { openEncoder, type OpenEngine } from '../openEncoder';
import { addLabelOptions, addWorkOptions } from '../options/extraction';
import { offsetsOption } from '../options/offsets';
import { parseCount } from '../options/probability';
import { runServing, type ServingOptions } from '../serving/runServing';

const examples = `
It listens on 127.0.0.1 alone, and prints its address on standard output. POST /extract answers with the lines
that “extract” writes, in order, as they are ready: for lines of JSON (application/x-ndjson), lines of text
(text/plain), or one passage (application/json). GET /health tells whether it is ready.

Examples:
  dynamicner serve --labels "ship, port" --port 8436
  curl -H "content-type: application/json" -d '{"text": "Anna went to Rome."}' http://127.0.0.1:8436/extract
  curl -H "content-type: text/plain" --data-binary @notes.txt http://127.0.0.1:8436/extract
  DYNAMICNER_TOKEN=secret dynamicner serve --token-env DYNAMICNER_TOKEN --workers 4`;

/** `serve`: `extract` over HTTP, for programs of this machine. */
export function serveWith(open: OpenEngine): CommandModule {
  return {
    name: 'serve',
    define(command, environment) {
      addOptions(command);
      return (parsed) => runServing(parsed.opts<ServingOptions>(), environment, open);
    },
  };
}

export const serve = serveWith(openEncoder);

function addOptions(command: Command): void {
  command
    .description('answers other programs on this machine over HTTP, as extract does')
    .option('--port <n>', 'port that it listens on; 0 for any free one', parsePort, 8436)
    .option('--token-env <variable>', 'environment variable with the token that clients must send')
    .option('--most-megabytes <n>', 'size of a request at most', parseCount, 64)
    .addOption(offsetsOption('read and written'));
  addLabelOptions(command);
  addWorkOptions(command);
  command.addHelpText('after', examples);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a port from 1 to 65535, or 0 for any free one.');
}
