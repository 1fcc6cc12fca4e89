import type { promptProtocolNames } from '../settings';
import type { PromptProtocol } from './promptProtocol';
import { b2ner } from './protocols/b2ner';
import { gptNer } from './protocols/gptNer';
import { instructUie } from './protocols/instructUie';
import { json } from './protocols/json';
import { promptNer } from './protocols/promptNer';
import { universalNer } from './protocols/universalNer';

export type PromptProtocolName = (typeof promptProtocolNames)[number];

/** Every prompt protocol by its name in the settings. */
export const promptProtocols: Readonly<Record<PromptProtocolName, PromptProtocol>> = {
  b2ner,
  universalner: universalNer,
  gptner: gptNer,
  promptner: promptNer,
  instructuie: instructUie,
  json,
};
