import type * as vscode from 'vscode';
import { z } from 'zod';

const secretSchema = z.object({ origin: z.string(), key: z.string() });

/**
 * Keys of endpoints, in VS Code's secret storage and nowhere else. Each is kept with the address that
 * it was given for and goes nowhere else: settings that name another address under the same name
 * do not get the key.
 */
export class EndpointKeys {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  readonly onDidChange: vscode.Event<unknown> = (listener, that, all) =>
    this.secrets.onDidChange(listener, that, all);

  /** The key of the endpoint, if it was given for this URL's origin. */
  async get(name: string, url: string): Promise<string | undefined> {
    const secret = await this.read(name);
    return secret?.origin === new URL(url).origin ? secret.key : undefined;
  }

  async has(name: string): Promise<boolean> {
    return (await this.read(name)) !== undefined;
  }

  async set(name: string, url: string, key: string): Promise<void> {
    const { origin } = new URL(url);
    await this.secrets.store(placeOf(name), JSON.stringify({ origin, key }));
  }

  async forget(name: string): Promise<void> {
    await this.secrets.delete(placeOf(name));
  }

  private async read(name: string): Promise<z.output<typeof secretSchema> | undefined> {
    const text = await this.secrets.get(placeOf(name));
    if (text === undefined) return undefined;
    try {
      return secretSchema.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }
}

function placeOf(name: string): string {
  return `endpoint:${name}`;
}
