import { phrase, type Phrase } from '../../core/messages/phrase';
import { headOf, saysNothing } from './cleanAnswer';
import type { ProtocolReading, ReadMention } from './promptProtocol';
import type { LabelReader } from './readLabel';
import { surfaceIn } from './readStrings';

const labelKeys = ['type', 'label', 'category', 'class', 'tag', 'entity_type', 'entityType'];
const beforeKeys = ['before', 'context', 'left', 'prefix'];
const reasonKeys = ['reason', 'explanation', 'why'];

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Mentions with their types out of JSON of any likely shape: objects with both, in a list or in an
 * object around it, pairs, or lists of strings under the name of their type.
 */
export function readTypedJson(value: unknown, labels: LabelReader): ProtocolReading {
  const mentions: ReadMention[] = [];
  const problems: Phrase[] = [];
  const add = (
    mention: string,
    said: string,
    more: Omit<ReadMention, 'mention' | 'label'>,
  ): void => {
    const label = labels.meant(said);
    if (label === undefined) {
      problems.push(phrase`“${headOf(said)}” is none of the types that were asked about.`);
    } else if (label !== 'none' && mention.trim() !== '')
      mentions.push({ mention, label, ...more });
  };
  const visit = (item: unknown, under: string | undefined): void => {
    if (typeof item === 'string') {
      if (under !== undefined) {
        if (!saysNothing(item)) add(item, under, {});
      } else if (!saysNothing(item)) unread(item);
    } else if (Array.isArray(item)) {
      const [first, second, ...rest] = item as readonly unknown[];
      if (
        typeof first === 'string' &&
        typeof second === 'string' &&
        rest.length === 0 &&
        isPair(first, second, under)
      ) {
        if (labels.named(second) === undefined && labels.named(first) !== undefined)
          add(second, first, {});
        else add(first, second, {});
      } else for (const one of item) visit(one, under);
    } else if (typeof item === 'object' && item !== null) visitObject(item as JsonObject, under);
    else if (item !== null && item !== undefined) unread(JSON.stringify(item));
  };
  const isPair = (first: string, second: string, under: string | undefined): boolean =>
    under === undefined &&
    (labels.named(first) !== undefined || labels.named(second) !== undefined);
  const visitObject = (object: JsonObject, under: string | undefined): void => {
    const said = textAt(object, labelKeys) ?? under;
    const surface = surfaceIn(object);
    if (surface !== undefined && said !== undefined) {
      const before = textAt(object, beforeKeys);
      const reason = textAt(object, reasonKeys);
      add(surface, said, {
        ...(before === undefined ? {} : { before }),
        ...(reason === undefined || reason === '' ? {} : { reason }),
      });
      return;
    }
    for (const [key, below] of Object.entries(object)) {
      if (typeof below === 'object' && below !== null) {
        visit(below, labels.named(key) === undefined ? under : key);
      } else if (typeof below === 'string' && labels.named(key) !== undefined) visit(below, key);
      else if (typeof below === 'string' && labels.named(below) !== undefined) add(key, below, {});
      else if (below !== null) unread(JSON.stringify({ [key]: below }));
    }
  };
  const unread = (text: string): void => {
    problems.push(phrase`A part of the answer cannot be read: “${headOf(text)}”.`);
  };
  visit(value, undefined);
  return { mentions, problems };
}

function textAt(object: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === 'string') return value;
  }
  return undefined;
}
