import type { Entity } from '../../core/entity/entity';
import type { PassageData } from '../../core/formats/format';
import type { HumanRecord } from '../../core/realign/anchor';
import {
  place,
  readAnnotations,
  type AnnotationFile,
  type FileRest,
} from '../../core/realign/annotationFile';
import { writeAnnotations } from '../../core/realign/writeAnnotations';

/** Annotations of a text to be written; offsets are UTF-16 units. */
export interface WrittenAnnotations {
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly notPlaced: readonly HumanRecord[];
  readonly rest: FileRest;
}

/** Passages of other texts whose entities are to be found in a text. */
export interface PlacedPassages {
  readonly passages: readonly PassageData[];
  readonly text: string;
}

export interface Placed {
  readonly standing: readonly Entity[];
  /** Entities whose words are not in the text, with these words. */
  readonly missing: readonly { readonly entity: Entity; readonly quote: string }[];
}

/** What takes long for long texts: reading, placing and writing annotations. */
export interface AnnotationCodec {
  read(params: { readonly bytes: Uint8Array; readonly text: string }): Promise<AnnotationFile>;
  write(params: WrittenAnnotations): Promise<Uint8Array>;
  place(params: PlacedPassages): Promise<Placed>;
}

/** The codec where it is called. */
export const localCodec: AnnotationCodec = {
  read: ({ bytes, text }) => readAnnotations(bytes, text),
  write: ({ text, entities, notPlaced, rest }) => {
    const lines = [...writeAnnotations(text, entities, notPlaced, rest)];
    return Promise.resolve(new TextEncoder().encode(lines.join('')));
  },
  place: ({ passages, text }) => {
    const { standing, notPlaced } = place(passages, text);
    const missing = notPlaced.map(({ entity, anchor }) => ({ entity, quote: anchor.quote }));
    return Promise.resolve({ standing, missing });
  },
};
