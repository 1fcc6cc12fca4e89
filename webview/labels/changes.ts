import * as l10n from '@vscode/l10n';
import type { EditAnswer, LabelEditorState } from '../../src/core/messages/labelEditor';
import type { TaxonomyEdit } from '../../src/core/labels/taxonomyFile/taxonomyEdit';

/** What the page asks of the extension to change the list. */
export interface ChangeRequests {
  /** Shows a change outside the file; undefined ends that. */
  preview(edit: TaxonomyEdit | undefined): Promise<unknown>;
  /** Makes edits, one after the other, as one step. */
  edit(edits: readonly TaxonomyEdit[]): Promise<EditAnswer>;
  /** The state that is shown. */
  state(): Pick<LabelEditorState, 'version' | 'reverts'>;
  /** Resolves when the extension has shown the file's next state. */
  nextState(): Promise<void>;
}

/** A change that is shown, with the state's number of reverts when it was begun. */
interface LivePreview {
  readonly edit: TaxonomyEdit;
  readonly reverts: number;
}

/** Tries of an edit whose places were those of an older state. */
const tries = 3;

/**
 * Changes of the list: previews while something is typed or dragged, of which only the latest counts,
 * and edits, one for each thing that was done.
 */
export class Changes {
  private wanted: { readonly edit: TaxonomyEdit | undefined } | undefined;
  private isSending = false;
  private committing: Promise<unknown> = Promise.resolve();
  private live: LivePreview | undefined;

  /**
   * @param onPreview Told when another change is shown.
   * @param onRefused Told why an edit was not made.
   */
  constructor(
    private readonly requests: ChangeRequests,
    private readonly onPreview: () => void,
    private readonly onRefused: (message: string) => void,
  ) {}

  /** The change that is shown outside the file. */
  get previewed(): TaxonomyEdit | undefined {
    return this.live?.reverts === this.requests.state().reverts ? this.live.edit : undefined;
  }

  /** Shows a change in the open documents and in the tree; undefined shows the file as it is. */
  preview(edit: TaxonomyEdit | undefined): void {
    if (edit === undefined && this.live === undefined) return;
    const { reverts } = this.live ?? this.requests.state();
    this.live = edit === undefined ? undefined : { edit, reverts };
    this.wanted = { edit };
    this.onPreview();
    void this.send();
  }

  /**
   * Changes the file. The preview ends with it.
   * @param makeEdit Makes the edit from the state of the moment; undefined where there is nothing to do.
   * @returns Whether the file was changed.
   */
  commit(makeEdit: () => TaxonomyEdit | undefined): Promise<boolean> {
    return this.commitAll(() => {
      const edit = makeEdit();
      return edit === undefined ? [] : [edit];
    });
  }

  /** Changes the file with edits made from the state of now; nothing where it is another by then. */
  commitNow(...edits: readonly TaxonomyEdit[]): Promise<boolean> {
    const { version } = this.requests.state();
    return this.commitAll(() => (this.requests.state().version === version ? edits : []));
  }

  /** The same with several edits, which are one step to undo. */
  commitAll(makeEdits: () => readonly TaxonomyEdit[]): Promise<boolean> {
    // One after the other: each is made from the state that the one before left, so none comes too late.
    const { live } = this;
    const { reverts } = live ?? this.requests.state();
    const made = this.committing.then(() => this.commitNext(makeEdits, live, reverts));
    this.committing = made.catch(() => undefined);
    return made;
  }

  /**
   * @param live The preview that ends with it, not one that is begun meanwhile.
   * @param reverts Of the state in which what is to be made was begun.
   */
  private async commitNext(
    makeEdits: () => readonly TaxonomyEdit[],
    live: LivePreview | undefined,
    reverts: number,
  ): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const edits = makeEdits();
      if (edits.length === 0) {
        this.endPreview(live);
        return false;
      }
      // Who reverts the file throws away what they were typing too.
      if (this.requests.state().reverts !== reverts) {
        this.endPreview(live);
        this.onRefused(l10n.t('Nothing was changed: the file was reverted meanwhile.'));
        return false;
      }
      const next = this.requests.nextState();
      if (this.live === live) this.wanted = undefined;
      const answer = await this.requests.edit(edits).catch(refusalOf);
      if (answer.outcome === 'stale' && attempt < tries) {
        await next;
        continue;
      }
      if (answer.outcome === 'done') {
        if (this.live === live) this.live = undefined;
        await next;
        // The next field may be typed in already.
        if (this.live === undefined) this.onPreview();
        else this.preview(edits.every(keepsPlaces) ? this.live.edit : undefined);
        return true;
      }
      this.endPreview(live);
      this.onPreview();
      if (answer.outcome === 'refused') this.onRefused(answer.message);
      return false;
    }
  }

  private endPreview(live: LivePreview | undefined): void {
    if (this.live === live) this.preview(undefined);
  }

  /** Resolves when the edits that were asked for until now are made. */
  get settled(): Promise<unknown> {
    return this.committing;
  }

  /** One preview is under way at a time; those that came meanwhile but the latest are left out. */
  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      while (this.wanted !== undefined) {
        const { edit } = this.wanted;
        this.wanted = undefined;
        await this.requests.preview(edit);
      }
    } finally {
      this.isSending = false;
    }
  }
}

/** Whether types stand where they stood before an edit. */
function keepsPlaces({ kind }: TaxonomyEdit): boolean {
  return kind === 'set' || kind === 'rename' || kind === 'setLevels';
}

/** An edit that failed leaves the file as it was, as one that is refused does. */
function refusalOf(error: unknown): EditAnswer {
  return { outcome: 'refused', message: error instanceof Error ? error.message : String(error) };
}
