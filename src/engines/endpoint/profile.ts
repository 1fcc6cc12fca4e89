import { z } from 'zod';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';

/** Ways of holding a model to a list of answers; `auto` finds out which one the server has. */
export const choiceMethods = [
  'auto',
  'structured_outputs',
  'guided_choice',
  'grammar',
  'json_schema',
  'none',
] as const;

export type ChoiceMethod = (typeof choiceMethods)[number];

const positive = z.number().positive();
const count = z.number().int().min(1);

/**
 * One endpoint as settings name it, in `dynamicner.endpoints` of VS Code and in `--config`. The key is
 * not in it: VS Code keeps it in its secret storage under the profile's name, the command line reads
 * the environment variable that `keyVariable` names.
 */
export const endpointProfileSchema = z
  .strictObject({
    /** Base URL, up to and with its version: `http://127.0.0.1:8000/v1`. */
    url: z.url({ protocol: /^https?$/u }),
    /** The model's name as the server knows it. */
    model: z.string().min(1),
    keyVariable: z.string().min(1).optional(),
    /** Other headers, such as a gateway's; not for keys. */
    headers: z.record(z.string(), z.string()).optional(),
    /** Whether answers are streamed. */
    stream: z.boolean().default(true),
    /** Requests under way at once. */
    concurrency: count.default(8),
    /** Seconds until a connection stands. */
    connectSeconds: positive.default(10),
    /** Seconds for one request with its whole answer. */
    totalSeconds: positive.default(120),
    /** Tries of one request, the first counted. */
    tries: count.default(4),
    choice: z.enum(choiceMethods).default('auto'),
    /** File with certificates (PEM) to trust besides the system's. */
    certificates: z.string().optional(),
  })
  .readonly();

/** A profile as it is used: everything that may be left out is filled in. */
export type EndpointProfile = z.output<typeof endpointProfileSchema>;
/** A profile as it is written in settings. */
export type EndpointProfileSetting = z.input<typeof endpointProfileSchema>;

/**
 * Checks the profile of a name.
 * @throws InputError naming the profile and the key whose value does not fit.
 */
export function readProfile(name: string, value: unknown): EndpointProfile {
  const result = endpointProfileSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new InputError(
    phrase`The endpoint does not fit: ${issue?.message ?? ''}`,
    phrase`Write it as { "url": "http://127.0.0.1:8000/v1", "model": "NAME" }.`,
    { source: name, field: issue?.path.join('.') ?? '' },
  );
}

/** Whether a URL names this machine, so that text sent there does not leave it. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/gu, '').toLowerCase();
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

/** The host of a URL as a user knows it: with its port where it has one. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
