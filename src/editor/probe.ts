import { channel } from 'node:diagnostics_channel';

/** An editor was painted: `entities` boxes of `document` (its URI). */
export interface Painted {
  readonly document: string;
  readonly entities: number;
}

/** One turn of the extension host brought `entities` of `passages` into a session. */
export interface Entered {
  readonly passages: number;
  readonly entities: number;
}

/** What measurements listen to; costs nothing where nobody does. */
export const probes = {
  painted: channel('dynamicner.painted'),
  entered: channel('dynamicner.entered'),
} as const;
