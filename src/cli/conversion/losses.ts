import type { WriteNote } from '../../core/formats/format';
import { phraseText } from '../../core/messages/phrase';
import type { Messages } from '../io/messages';
import { countOf } from '../terminal/countOf';

/** Counts what a written file says less exactly, by kind, to tell it once at the end. */
export class Losses {
  private readonly notes = new Map<string, { readonly note: WriteNote; passages: number }>();

  add(note: WriteNote): void {
    const known = this.notes.get(note.kind);
    if (known === undefined) this.notes.set(note.kind, { note, passages: 1 });
    else known.passages++;
  }

  tell(messages: Messages): void {
    for (const { note, passages } of this.notes.values()) {
      const count = countOf(passages, 'passage');
      messages.say(`${note.lost ? 'lost' : 'note'} (${count}): ${phraseText(note.message)}`);
    }
  }
}
