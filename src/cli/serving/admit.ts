import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';

const ownNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Lets programs of this machine in, and web pages out: a page that points a name of its own to this machine
 * (DNS rebinding) sends that name as `Host`, and a page that posts here sends its address as `Origin`.
 * @throws {Refusal} with 403.
 */
export function admitLocal({ headers }: IncomingMessage): void {
  const { host = '', origin } = headers;
  if (!isOwn(`http://${host}`)) {
    throw new Refusal(
      403,
      `“${host}” is no name of this server. Ask it as 127.0.0.1 or localhost.`,
    );
  }
  if (origin !== undefined && !isOwn(origin)) {
    throw new Refusal(403, 'Web pages cannot ask this server. Ask it from a program.');
  }
}

/**
 * Lets in whoever knows the token; the comparison takes as long for a wrong one as for the right one.
 * @throws {Refusal} with 401.
 */
export function admitBearer({ headers }: IncomingMessage, token: string | undefined): void {
  if (token === undefined) return;
  const [, given = ''] = /^Bearer +(\S+)$/iu.exec(headers.authorization ?? '') ?? [];
  if (timingSafeEqual(digest(given), digest(token))) return;
  throw new Refusal(
    401,
    'The token is missing or wrong. Send it as “Authorization: Bearer TOKEN”.',
    {
      'www-authenticate': 'Bearer',
    },
  );
}

function isOwn(address: string): boolean {
  return URL.canParse(address) && ownNames.includes(new URL(address).hostname);
}

/** Of equal length, whatever the length of the text. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
