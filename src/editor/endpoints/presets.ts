import { isLoopback, type EndpointProfileSetting } from '../../engines/endpoint/profile';

/** A kind of server that profiles are made for. */
export interface Preset {
  /** Proposed as the profile's name. */
  readonly name: string;
  /** As its makers write it. */
  readonly server: string;
  /** Where it usually listens. */
  readonly url: string;
  readonly key: 'none' | 'optional' | 'needed';
  /** What of a profile is known of such servers. */
  readonly profile: Partial<EndpointProfileSetting>;
}

/** How local servers differ: where they listen, and how many requests they work on at once. */
export const presets: readonly Preset[] = [
  {
    name: 'vllm',
    server: 'vLLM',
    url: 'http://127.0.0.1:8000/v1',
    key: 'optional',
    profile: { concurrency: 16 },
  },
  {
    name: 'llama-cpp',
    server: 'llama.cpp',
    url: 'http://127.0.0.1:8080/v1',
    key: 'optional',
    profile: { concurrency: 4 },
  },
  {
    name: 'ollama',
    server: 'Ollama',
    url: 'http://127.0.0.1:11434/v1',
    key: 'none',
    profile: { concurrency: 4, choice: 'json_schema' },
  },
  {
    name: 'lm-studio',
    server: 'LM Studio',
    url: 'http://127.0.0.1:1234/v1',
    key: 'none',
    profile: { concurrency: 4, choice: 'json_schema' },
  },
  {
    name: 'tgi',
    server: 'Text Generation Inference',
    url: 'http://127.0.0.1:3000/v1',
    key: 'optional',
    profile: { concurrency: 16 },
  },
  {
    name: 'openai',
    server: 'OpenAI',
    url: 'https://api.openai.com/v1',
    key: 'needed',
    profile: { concurrency: 8, choice: 'json_schema' },
  },
];

/** Any other server that speaks OpenAI's chat completions. */
export const otherPreset: Preset = {
  name: 'endpoint',
  server: '',
  url: 'http://127.0.0.1:8000/v1',
  key: 'optional',
  profile: {},
};

/**
 * The base URL that someone means who writes an address: without the path of a single question, and
 * with the version where there is no path at all. Undefined for what is no address.
 */
export function readBaseUrl(text: string): string | undefined {
  const trimmed = text.trim();
  const written = /^[a-z]+:\/\//iu.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (trimmed === '' || !URL.canParse(written)) return undefined;
  const url = new URL(written);
  if (!/^https?:$/u.test(url.protocol) || url.hostname === '') return undefined;
  // A password in an address would stand in the settings.
  if (url.username !== '' || url.password !== '') return undefined;
  const path = url.pathname
    .replace(/\/(?:chat\/)?completions\/?$/u, '')
    .replace(/\/models\/?$/u, '')
    .replace(/\/+$/u, '');
  return `${url.origin}${path === '' ? '/v1' : path}`;
}

/** Whether a key would cross a network that others can read. */
export function sendsKeyInTheOpen(url: string): boolean {
  return url.startsWith('http:') && !isLoopback(url);
}
