import { homedir } from 'node:os';
import path from 'node:path';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { withoutKeys } from '../../core/withoutKeys';
import {
  readProfile,
  type EndpointProfile,
  type EndpointProfileSetting,
} from '../../engines/endpoint/profile';
import type { Settings } from '../settings';

/** The endpoints that the setting `dynamicner.endpoints` of the user names; those of a workspace are ignored. */
export class Profiles {
  constructor(private readonly settings: Settings) {}

  get names(): readonly string[] {
    return Object.keys(this.settings.get('endpoints')).sort();
  }

  /**
   * The profile of a name, checked; a relative file of certificates starts from the home
   * folder: no workspace says whom to trust.
   * @throws InputError when there is none, or naming the key whose value does not fit.
   */
  get(name: string): EndpointProfile {
    const value = this.settings.get('endpoints')[name];
    if (value === undefined) {
      throw new InputError(
        phrase`There is no endpoint “${name}”`,
        phrase`Choose “Set Up Endpoint…”, or name another one in the setting "dynamicner.engine".`,
      );
    }
    const profile = readProfile(name, value);
    const { certificates } = profile;
    if (certificates === undefined) return profile;
    const file = certificates.replace(/^~(?=[/\\]|$)/u, homedir());
    return { ...profile, certificates: path.resolve(homedir(), file) };
  }

  /** The profile of a name, or undefined where there is none that fits. */
  find(name: string): EndpointProfile | undefined {
    try {
      return this.get(name);
    } catch {
      return undefined;
    }
  }

  /** Writes a profile; what it does not say keeps the value that it had. */
  async save(name: string, profile: EndpointProfileSetting): Promise<void> {
    const before = this.settings.get('endpoints');
    const known = before[name];
    const kept = typeof known === 'object' ? known : {};
    await this.settings.set('endpoints', { ...before, [name]: { ...kept, ...profile } });
  }

  async remove(name: string): Promise<void> {
    const others = withoutKeys(this.settings.get('endpoints'), name);
    const isEmpty = Object.keys(others).length === 0;
    await this.settings.set('endpoints', isEmpty ? undefined : others);
  }
}
