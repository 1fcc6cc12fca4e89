import http from 'node:http';
import { readCertificates } from '../../engines/endpoint/agents';
import { OpenAiModel, MOST_BYTES } from '../../engines/endpoint/openAiModel';
import { isLoopback, type EndpointProfile } from '../../engines/endpoint/profile';
import { nodeFetch } from '../../engines/endpoint/transport';

/**
 * The model of an endpoint over VS Code's own connections, with its proxy and certificates; only
 * connections to this machine, which no proxy concerns, are kept open here.
 * @throws InputError when the profile's certificates cannot be read.
 */
export async function openEndpoint(
  profile: EndpointProfile,
  key: string | undefined,
): Promise<OpenAiModel> {
  const { url, concurrency, connectSeconds, certificates } = profile;
  const isPlain = url.startsWith('http:');
  const agent =
    isLoopback(url) && isPlain
      ? new http.Agent({ keepAlive: true, maxSockets: concurrency })
      : undefined;
  return new OpenAiModel(profile, {
    key,
    fetch: nodeFetch({
      agent,
      trusted: certificates === undefined ? undefined : await readCertificates(certificates),
      connectMilliseconds: 1000 * connectSeconds,
      mostBytes: MOST_BYTES,
    }),
  });
}
