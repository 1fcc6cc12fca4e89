import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { rootCertificates } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { messageOf } from '../errors';
import { isLoopback, type EndpointProfile } from './profile';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Connections for a program of its own: kept open, through the proxy that the environment names
 * (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`), trusting the profile's certificates. In VS Code
 * no agent is needed: it puts its own proxy and certificates in place.
 * @throws InputError when the certificates cannot be read.
 */
export async function openAgent(
  { url, concurrency, certificates }: EndpointProfile,
  variables: Variables,
): Promise<http.Agent> {
  const shared = { keepAlive: true, maxSockets: concurrency };
  const ca = certificates === undefined ? {} : { ca: await readCertificates(certificates) };
  const proxy = proxyFor(url, variables);
  if (proxy !== undefined) return new HttpsProxyAgent(proxy, { ...shared, ...ca });
  return url.startsWith('https:') ? new https.Agent({ ...shared, ...ca }) : new http.Agent(shared);
}

/** The proxy that the environment names for a URL; undefined where the way is direct. */
export function proxyFor(url: string, variables: Variables): string | undefined {
  const { protocol, hostname } = new URL(url);
  const read = (name: string): string | undefined =>
    variables[name.toLowerCase()] ?? variables[name];
  if (isLoopback(url) || isExempt(hostname, read('NO_PROXY') ?? '')) return undefined;
  const proxy = read(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? read('ALL_PROXY');
  return proxy === undefined || proxy === '' ? undefined : proxy;
}

/** Whether a list of hosts and domains, separated by commas, names a host. */
function isExempt(host: string, list: string): boolean {
  return list.split(',').some((entry) => {
    const name = entry
      .trim()
      .replace(/^\*?\./u, '')
      .replace(/:\d+$/u, '');
    return name === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`)));
  });
}

/**
 * What to trust where a file of certificates is named: those, and the usual ones.
 * @throws InputError when the file cannot be read.
 */
export async function readCertificates(file: string): Promise<string[]> {
  try {
    return [...rootCertificates, await readFile(file, 'utf8')];
  } catch (error) {
    throw new InputError(
      phrase`The certificates cannot be read (${messageOf(error)})`,
      phrase`Name a PEM file in “certificates” of the endpoint.`,
      { source: file },
    );
  }
}
