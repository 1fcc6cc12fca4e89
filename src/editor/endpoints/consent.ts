import * as vscode from 'vscode';
import { z } from 'zod';
import { WordedError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { withoutKeys } from '../../core/withoutKeys';
import type { ChatModel } from '../../engines/endpoint/chatModel';
import type { StoredValue } from '../storedValue';

/** Text may not be sent to a host from this workspace: the user refused, or was not asked yet. */
export class ConsentError extends WordedError {
  override readonly name = 'ConsentError';

  constructor(readonly host: string) {
    super(
      phrase`No text of this workspace was sent to ${host}: you have not allowed it. Allow it, or choose an engine on this machine.`,
    );
  }
}

const consentsSchema = z.record(z.string(), z.boolean());
/** What the user decided in this workspace, by host. */
export type Consents = z.output<typeof consentsSchema>;

export function readConsents(stored: unknown): Consents | undefined {
  return consentsSchema.safeParse(stored).data;
}

/** Who receives text. */
export type Receiver = Pick<ChatModel, 'host' | 'remote'>;

/** Whether text of this workspace may leave the machine: asked once for each host, and kept. */
export class Consent {
  private asking: Promise<void> = Promise.resolve();

  constructor(private readonly stored: StoredValue<Consents>) {}

  /** The hosts that the user decided about. */
  get hosts(): readonly string[] {
    return Object.keys(this.stored.get() ?? {});
  }

  /** @throws ConsentError unless the receiver is this machine or the user allowed it. */
  require({ host, remote }: Receiver): void {
    if (remote && this.decided(host) !== true) throw new ConsentError(host);
  }

  /**
   * Asks the user where nothing was decided yet.
   * @throws ConsentError when the user refuses, now or before; an AbortError when the user leaves it open.
   */
  async ask({ host, remote }: Receiver): Promise<void> {
    if (!remote) return;
    // One question at a time: the second run learns the answer to the first one's question.
    const asked = this.asking.then(async () => {
      if (this.decided(host) === undefined) await this.put(host);
    });
    this.asking = asked.catch(() => undefined);
    await asked;
    this.require({ host, remote });
  }

  /** Puts the question, whatever was decided before. @throws an AbortError when it is left open. */
  async put(host: string): Promise<void> {
    const { t } = vscode.l10n;
    const allow = t('Allow');
    const refuse = t('Do Not Allow');
    const answer = await vscode.window.showWarningMessage(
      t('Send text of this workspace to {0}?', host),
      {
        modal: true,
        detail: t(
          'The engine that you chose asks a language model there. It sends the sentences that you extract entities from, the names of your types, and examples where the engine’s settings ask for them. Your choice is kept for this workspace.',
        ),
      },
      allow,
      refuse,
    );
    if (answer === undefined) throw new DOMException('No decision was made.', 'AbortError');
    await this.decide(host, answer === allow);
  }

  /** Forgets or keeps a decision. */
  async decide(host: string, isAllowed: boolean | undefined): Promise<void> {
    const others = withoutKeys(this.stored.get() ?? {}, host);
    await this.stored.set(isAllowed === undefined ? others : { ...others, [host]: isAllowed });
  }

  private decided(host: string): boolean | undefined {
    return this.stored.get()?.[host];
  }
}

/** A model that nothing is sent to without the user's consent, whoever asks it. */
export function guarded(model: ChatModel, consent: Consent): ChatModel {
  const { id, name, host, remote } = model;
  return {
    id,
    name,
    host,
    remote,
    complete: async (messages, options, signal, meter) => {
      consent.require(model);
      return model.complete(messages, options, signal, meter);
    },
    dispose: async () => model.dispose?.(),
  };
}
