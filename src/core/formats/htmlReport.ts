import type { Entity } from '../entity/entity';
import { formatPath } from '../labels/names';
import { phrase } from '../messages/phrase';
import type { PassageData, WriteOptions } from './format';
import { flattenEntities, noteLosses, standingEntities } from './losses';
import type { Report } from './report';
import { labelOf } from './typeNames';
import { encodeUtf8 } from './wholeFile';

const hues = 12;

/**
 * One HTML file without anything from elsewhere: every passage with its entities marked, in light and
 * dark themes, with a box for each type that shows or hides it. Passages are written as they come.
 */
export const htmlReport: Report = {
  name: 'html',
  title: phrase`HTML report`,
  extensions: ['.html'],

  async *write(passages, options = {}) {
    const counts = new Map<string, number>();
    yield encodeUtf8(head);
    for await (const passage of passages) {
      noteLosses(passage, { ...shownDetails, nested: true }, options);
      yield encodeUtf8(writePassage(passage, options, counts));
    }
    yield encodeUtf8(tail(counts));
  },
};

const shownDetails = { ids: true, scores: true, states: true, paths: true, languages: true };

function writePassage(passage: PassageData, options: WriteOptions, counts: Map<string, number>) {
  const { text, id, lang } = passage;
  const entities = flattenEntities(standingEntities(passage), { nested: true });
  const opening = new Map<number, string>();
  const closing = new Map<number, string>();
  for (const entity of entities) {
    const label = labelOf(entity, options.level);
    if (!counts.has(label)) counts.set(label, 0);
    counts.set(label, (counts.get(label) ?? 0) + 1);
    const number = [...counts.keys()].indexOf(label);
    const open = `<mark class="h${number % hues}" data-type="${number}" title="${escapeHtml(describe(entity))}">`;
    opening.set(entity.start, (opening.get(entity.start) ?? '') + open);
    const close = `<small>${escapeHtml(label)}</small></mark>`;
    closing.set(entity.end, close + (closing.get(entity.end) ?? ''));
  }
  const edges = [...new Set([0, text.length, ...opening.keys(), ...closing.keys()])];
  edges.sort((a, b) => a - b);
  const marked = edges.map((edge, index) => {
    const tags = (closing.get(edge) ?? '') + (opening.get(edge) ?? '');
    return tags + escapeHtml(text.slice(edge, edges[index + 1] ?? edge));
  });
  const name = id === undefined ? '' : `<b>${escapeHtml(id)}</b> `;
  const language = lang === undefined ? '' : ` lang="${escapeHtml(lang)}"`;
  return `<p dir="auto"${language}>${name}${marked.join('')}</p>\n`;
}

function describe({ path, score, state }: Entity): string {
  const parts = [formatPath(path)];
  if (score !== undefined) parts.push(score.toFixed(2));
  if (state !== 'suggested') parts.push(state);
  return parts.join(' · ');
}

function tail(counts: ReadonlyMap<string, number>): string {
  const boxes = [...counts].map(
    ([label, count], number) =>
      `<label class="h${number % hues}"><input type="checkbox" checked data-type="${number}"> ${escapeHtml(label)} (${count})</label>`,
  );
  return `</main>\n<nav aria-label="Types">${boxes.join('\n')}</nav>\n<script>${script}</script>\n</body>\n</html>\n`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const colours = Array.from(
  { length: hues },
  (_, index) => `.h${index}{--hue:${(index * 360) / hues}}`,
).join('');

const style = `:root{color-scheme:light dark}
body{font:1rem/1.9 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;display:flex;flex-direction:column}
nav{order:-1;position:sticky;top:0;background:Canvas;padding:.5rem 0;display:flex;flex-wrap:wrap;gap:.25rem .75rem}
p{white-space:pre-wrap;overflow-wrap:anywhere}
mark,nav label{color:inherit;background:light-dark(hsl(var(--hue) 80% 88%),hsl(var(--hue) 45% 25%));border-bottom:2px solid hsl(var(--hue) 60% 50%);border-radius:.2em;padding:.1em .2em}
mark small{margin-inline-start:.3em;opacity:.8;user-select:none}
mark.off{background:none;border:0;padding:0}
mark.off>small{display:none}
@media (forced-colors:active){mark,nav label{border:1px solid}}
${colours}`;

const head = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Entities</title>
<style>${style}</style>
</head>
<body>
<main>
`;

const script = `document.querySelector('nav').addEventListener('change',function(event){
const type=event.target.dataset.type;
for(const mark of document.querySelectorAll('mark[data-type="'+type+'"]'))mark.classList.toggle('off',!event.target.checked);
});`;
