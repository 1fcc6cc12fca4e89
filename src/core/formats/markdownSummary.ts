import { phrase } from '../messages/phrase';
import { flattenEntities, standingEntities } from './losses';
import type { Report } from './report';
import { labelOf } from './typeNames';
import { encodeUtf8 } from './wholeFile';

const shownMentions = 5;

interface TypeCount {
  entities: number;
  readonly mentions: Map<string, number>;
}

/** A summary in Markdown: counts of passages and entities, and of each type with its frequent mentions. */
export const markdownSummary: Report = {
  name: 'markdown',
  title: phrase`Markdown summary`,
  extensions: ['.md'],

  async *write(passages, options = {}) {
    const types = new Map<string, TypeCount>();
    const total = { passages: 0, empty: 0, entities: 0, rejected: 0, inside: 0 };
    for await (const passage of passages) {
      const entities = standingEntities(passage);
      total.passages++;
      total.entities += entities.length;
      total.rejected += passage.entities.length - entities.length;
      total.inside += entities.length - flattenEntities(entities, {}).length;
      if (entities.length === 0) total.empty++;
      for (const entity of entities) {
        const label = labelOf(entity, options.level);
        const count = types.get(label) ?? { entities: 0, mentions: new Map<string, number>() };
        const mention = passage.text.slice(entity.start, entity.end).replaceAll(/\s+/gu, ' ');
        count.entities++;
        count.mentions.set(mention, (count.mentions.get(mention) ?? 0) + 1);
        types.set(label, count);
      }
    }
    const rows = [...types].sort((a, b) => b[1].entities - a[1].entities || compare(a[0], b[0]));
    const lines = [
      '# Entities',
      '',
      '| | |',
      '|---|---:|',
      `| Passages | ${total.passages} |`,
      `| Passages without entities | ${total.empty} |`,
      `| Entities | ${total.entities} |`,
      `| Entities that overlap others | ${total.inside} |`,
      `| Rejected entities | ${total.rejected} |`,
      `| Types | ${rows.length} |`,
      '',
      '| Type | Entities | Different mentions | Most frequent |',
      '|---|---:|---:|---|',
      ...rows.map(
        ([label, { entities, mentions }]) =>
          `| ${escapeCell(label)} | ${entities} | ${mentions.size} | ${frequent(mentions)} |`,
      ),
    ];
    yield encodeUtf8(`${lines.join('\n')}\n`);
  },
};

function frequent(mentions: ReadonlyMap<string, number>): string {
  return [...mentions]
    .sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))
    .slice(0, shownMentions)
    .map(([mention, count]) => `${escapeCell(mention)}${count > 1 ? ` (${count})` : ''}`)
    .join(', ');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The text so that Markdown shows it as it is, in one cell. */
function escapeCell(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#+!|~&-]/gu, '\\$&').replaceAll(/[\r\n]+/gu, ' ');
}
