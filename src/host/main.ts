import { parseArgs } from 'node:util';
import { createMessageConnection } from 'vscode-jsonrpc';
import { messageOf } from '../engines/errors';
import { Activity } from './activity';
import { registerHandlers } from './handlers';
import { LineMessageReader, LineMessageWriter } from './lines';
import { leaveWithParent } from './parentWatch';
import { hello, leave, PROTOCOL_VERSION } from './protocol';

/**
 * The encoder's process. It speaks the protocol on standard input and output; whatever else wants to
 * print goes to standard error, since a library's stray line would break the protocol.
 */
const { values } = parseArgs({ options: { 'idle-seconds': { type: 'string', default: '300' } } });
const end = (): void => process.exit(0);

const writer = new LineMessageWriter(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const connection = createMessageConnection(new LineMessageReader(process.stdin), writer);
registerHandlers(connection, new Activity(Number(values['idle-seconds']), end));
connection.onNotification(leave, end);
connection.onClose(end);
connection.onError(([error]) => {
  process.stderr.write(`Got what is no request: ${messageOf(error)}\n`);
  process.exit(1);
});
leaveWithParent(end);
// An interrupt from the terminal reaches the parent too, which decides what becomes of the work.
process.on('SIGINT', () => undefined);
connection.listen();
void connection.sendNotification(hello, { protocol: PROTOCOL_VERSION, pid: process.pid });
