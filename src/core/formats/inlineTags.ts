import type { Entity } from '../entity/entity';
import { assignIds } from '../entity/entityId';
import { inTextOrder } from '../entity/resolveOverlaps';
import { phrase } from '../messages/phrase';
import type { Problem } from '../problem';
import type { Format, PassageData, ReadOptions, WriteOptions } from './format';
import { flattenEntities, noteLosses, standingEntities, type Capabilities } from './losses';
import type { ReadPassage } from './passageJson';
import { recordFormat } from './records';
import { labelOf, readTypeName } from './typeNames';
import { readSingleLines, unitsOfLines } from './units';

const can: Capabilities = { nested: true };

/**
 * Text with entities as tags, a passage a line: `<person>Ada</person>`, `<ENAMEX TYPE="PERSON">` or
 * `<mark data-type="…">`. Types that are no names of tags are written `<entity type="…">`; `&`, `<`, `>`
 * and line breaks as references.
 */
export const inlineFormat: Format = recordFormat({
  name: 'inline',
  title: phrase`Inline XML tags`,
  extensions: ['.xml', '.html', '.txt'],
  gap: 1,
  open: () => ({
    units: (chunks) => unitsOfLines(chunks, readSingleLines()),
    read: readLine,
    write: (passage, options) => {
      noteLosses(passage, can, options, [
        [passage.text === '', 'empty', phrase`The format has no place for passages without words.`],
      ]);
      return writeLine(passage, options);
    },
  }),
  detect(head, fileName = '') {
    const text = new TextDecoder().decode(head);
    if (/^\s*[[{]/u.test(text) || /^\s*<(?:!doctype|html|\?xml)/iu.test(text)) return 0;
    const pairs = /<([\p{L}_][\p{L}\p{N}_.:-]*)(?:\s[^<>\n]*)?>[^\n]*?<\/\1\s*>/u.test(text);
    return pairs ? (/\.(?:md|markdown)$/iu.test(fileName) ? 0.3 : 0.75) : 0;
  },
});

const tokenPattern =
  /<(\/?)([\p{L}_][\p{L}\p{N}_.:-]*)((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/giu;
const namedReferences: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

function readLine(line: string, options: ReadOptions): ReadPassage {
  const problems: Problem[] = [];
  // In the order in which their tags open, so that of equal spans the outer comes first.
  const slots: (Omit<Entity, 'id'> | undefined)[] = [];
  const open: { name: string; type: string; start: number; slot: number }[] = [];
  let text = '';
  let at = 0;
  for (const match of line.matchAll(tokenPattern)) {
    const [whole, slash, name, attributes = '', empty, reference] = match;
    text += line.slice(at, match.index);
    at = match.index + whole.length;
    if (name === undefined) {
      text += characterOf(reference ?? '') ?? whole;
    } else if (slash === '/') {
      const last = open.findLastIndex((tag) => tag.name === name);
      const tag = open[last];
      if (tag === undefined) {
        problems.push(unpaired(name));
        continue;
      }
      open.splice(last, 1);
      if (tag.start === text.length) continue;
      const { problem, ...type } = readTypeName(tag.type, options.taxonomy);
      if (problem !== undefined) problems.push({ ...problem, field: name });
      slots[tag.slot] = { start: tag.start, end: text.length, ...type, state: 'suggested' };
    } else if (empty !== '/') {
      const slot = slots.push(undefined) - 1;
      open.push({ name, type: typeOf(name, attributes), start: text.length, slot });
    }
  }
  text += line.slice(at);
  for (const { name } of open) problems.push(unpaired(name));
  const drafts = slots.filter((draft) => draft !== undefined).sort(inTextOrder);
  return { passage: { text, entities: assignIds(text, drafts) }, problems };
}

function unpaired(name: string): Problem {
  return {
    kind: 'tag',
    message: phrase`The tag <${name}> has no partner in its line`,
    mend: phrase`It is left out; write <${name}>…</${name}> in one line.`,
    field: name,
  };
}

/** The type that an attribute names, or else the name of the tag. */
function typeOf(name: string, attributes: string): string {
  const [, , quoted = '', single = ''] =
    /\s(data-type|type|label|class)\s*=\s*(?:"([^"]*)"|'([^']*)')/iu.exec(attributes) ?? [];
  const type = (quoted || single).replaceAll(
    /&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/giu,
    (whole, reference: string) => characterOf(reference) ?? whole,
  );
  return type.trim() === '' ? name : type;
}

function characterOf(reference: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-f]+)|(\d+))$/iu.exec(reference) ?? [];
  if (hex === undefined && decimal === undefined)
    return namedReferences.get(reference.toLowerCase());
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function writeLine(passage: PassageData, options: WriteOptions): string {
  const { text } = passage;
  const entities = flattenEntities(standingEntities(passage), can);
  const opening = new Map<number, string[]>();
  const closing = new Map<number, string[]>();
  for (const entity of entities) {
    const label = labelOf(entity, options.level);
    const isName = /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(label) && label !== 'entity';
    const tag = isName ? label : 'entity';
    const head = isName ? tag : `entity type="${escapeText(label).replaceAll('"', '&quot;')}"`;
    opening.set(entity.start, [...(opening.get(entity.start) ?? []), `<${head}>`]);
    closing.set(entity.end, [`</${tag}>`, ...(closing.get(entity.end) ?? [])]);
  }
  // A line of blanks would be none at all.
  if (text.trim() === '' && entities.length === 0) {
    return [...text].map((blank) => `&#${blank.codePointAt(0) ?? 0};`).join('');
  }
  const edges = new Set([0, text.length, ...opening.keys(), ...closing.keys()]);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted
    .map((edge, index) => {
      const tags = [...(closing.get(edge) ?? []), ...(opening.get(edge) ?? [])].join('');
      return tags + escapeText(text.slice(edge, sorted[index + 1] ?? edge));
    })
    .join('');
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\n', '&#10;');
}
