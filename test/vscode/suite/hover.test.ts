import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { appendPlain } from '../../../src/editor/features/hoverMarkdown';
import { suggest } from '../../unit/editor/entities';
import { city, openText, scholar, type OpenText } from './openText';
import { select, until } from './support';

const run = 'dynamicner.hover.run';

/** Our hovers at a place, one for each entity. */
async function hoversAt(
  { document }: OpenText,
  position: vscode.Position,
): Promise<vscode.MarkdownString[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .filter((content) => content instanceof vscode.MarkdownString)
    .filter(({ value }) => value.includes(run));
}

/** Addresses of all links that a Markdown renderer would make. */
function linksOf(markdown: string): string[] {
  return [...markdown.matchAll(/(?<!\\)\]\((\S*?)(?: "|\))/gu)].map(([, address]) => address ?? '');
}

/** Runs the link whose label contains `label`; `nth` of several. */
async function follow(hover: vscode.MarkdownString, label: string, nth = 0): Promise<void> {
  const links = [
    ...hover.value.matchAll(/(?<!\\)\[((?:\\.|[^\]\\])*)\]\(command:([^?]+)\?([^ )]+)/gu),
  ];
  const link = links.filter(([, text]) => text?.includes(label))[nth];
  assert.ok(link, `no link “${label}” in ${hover.value}`);
  const [, , command = '', query = ''] = link;
  const args = JSON.parse(decodeURIComponent(query)) as unknown[];
  await vscode.commands.executeCommand(command, ...args);
}

describe('the hover of an entity', () => {
  const text = 'Ada Lovelace came to London. Ada Lovelace stayed.';
  let open: OpenText;

  beforeEach(async () => {
    open = await openText(text);
    await open.parts.view.setLevel(2);
    const more = {
      alternatives: [
        { path: ['person', 'real person', 'author'], score: 0.25 },
        { path: ['person', 'real person', 'artist'], score: 0.05 },
      ],
      levelScores: [0.99, 0.95, 0.6],
      score: 0.93,
      source: { engine: 'encoder', model: 'bundled' },
    };
    open.suggest(
      suggest(text, 'Ada Lovelace', scholar, more),
      suggest(text, 'London', city, { alternatives: [] }),
      suggest(text, 'Ada Lovelace', scholar, more, 1),
    );
  });
  afterEach(() => open.parts.view.setLevel(2));

  it('says mention, path, scores, engine and next best types', async () => {
    const [hover, ...others] = await hoversAt(open, open.at('Ada'));
    assert.ok(hover);
    assert.equal(others.length, 0);
    const said = hover.value.replaceAll('&nbsp;', ' ').replaceAll('\\', '');
    for (const part of ['Ada Lovelace', 'real person', 'scholar', '93', 'encoder bundled']) {
      assert.ok(said.includes(part), `“${part}” is not in ${said}`);
    }
    assert.match(said, /author\]\(.*25.*artist\]\(.*5/u);
    assert.match(said, /All 2 same mentions/u);
  });

  it('is not there where no entity is', async () => {
    assert.deepEqual(await hoversAt(open, open.at('came')), []);
  });

  it('changes the shown level by a click on a step of the path', async () => {
    const [hover] = await hoversAt(open, open.at('Ada'));
    assert.ok(hover);
    await follow(hover, 'real');
    assert.equal(open.parts.view.level, 1);
    await follow(hover, 'person');
    assert.equal(open.parts.view.level, 0);
    await follow(hover, 'scholar');
    assert.equal(open.parts.view.level, 2);
  });

  it('accepts, rejects and changes the type', async () => {
    const [hover] = await hoversAt(open, open.at('Ada'));
    assert.ok(hover);
    await follow(hover, 'Accept');
    assert.equal(open.entity('Ada Lovelace').state, 'accepted');
    assert.equal(open.entity('Ada Lovelace', 1).state, 'suggested');
    await follow(hover, 'author');
    assert.deepEqual(open.entity('Ada Lovelace').path.at(-1), 'author');
    await follow(hover, 'Reject');
    assert.deepEqual(
      open.session.entities.map(({ start }) => start),
      [text.indexOf('London'), text.lastIndexOf('Ada')],
    );
  });

  it('accepts and rejects all same mentions', async () => {
    const [hover] = await hoversAt(open, open.at('Ada'));
    assert.ok(hover);
    await follow(hover, 'Accept', 1);
    assert.equal(open.entity('Ada Lovelace').state, 'accepted');
    assert.equal(open.entity('Ada Lovelace', 1).state, 'accepted');
    assert.equal(open.entity('London').state, 'suggested');
    await follow(hover, 'Reject', 1);
    assert.equal(open.session.entities.length, 1);
    assert.equal(open.session.rejected.length, 2);
  });

  it('trusts its own command alone, with a number as its only argument', async () => {
    const [hover] = await hoversAt(open, open.at('London'));
    assert.ok(hover);
    assert.deepEqual(hover.isTrusted, { enabledCommands: [run] });
    assert.notEqual(hover.supportHtml, true);
    const links = linksOf(hover.value);
    assert.ok(links.length >= 6, hover.value);
    for (const link of links) assert.match(link, /^command:dynamicner\.hover\.run\?%5B\d+%5D$/u);
  });

  it('does nothing for numbers that it did not give', async () => {
    for (const token of [-1, 0, 1e9, '1', undefined, { id: 1 }]) {
      assert.equal(await vscode.commands.executeCommand(run, token), false);
    }
    assert.equal(open.session.entities.length, 3);
  });

  it('moves to the next entity from the keyboard', async () => {
    const isAtLondon = (): boolean => open.editor.selection.active.isEqual(open.at('London'));
    await select(open.editor, open.at('came'));
    await vscode.commands.executeCommand('dynamicner.showDetails');
    await until('the next entity', isAtLondon);
    await select(open.editor, open.at('London'));
    await vscode.commands.executeCommand('dynamicner.showDetails');
    await until('the entity where it stands', isAtLondon);
  });
});

describe('the hover of hostile text', () => {
  const attacks = [
    '[x](command:workbench.action.closeWindow)',
    '**[y]: command:workbench.action.closeWindow',
    '<command:workbench.action.closeWindow>',
    '<img src=x onerror=alert(1)>',
    '$(flame) `code` _a_ ~~b~~ # h',
    'https://evil.example/x www.evil.example a@evil.example',
    '1. list | a | b |',
    '![i](https://evil.example/i.png)',
    '\\](command:workbench.action.closeWindow)',
    '&lt;b&gt; &#91;x](command:workbench.action.closeWindow)',
  ];

  for (const attack of attacks) {
    it(`shows ${JSON.stringify(attack)} as text, as a mention, type, engine and alternative`, async () => {
      const open = await openText(`say ${attack} now`);
      open.suggest(
        suggest(open.document.getText(), attack, ['person', attack], {
          source: { engine: attack, model: attack },
          alternatives: [{ path: ['person', attack], score: 0.1 }],
          annotator: attack,
        }),
      );
      const [hover] = await hoversAt(open, open.at(attack));
      assert.ok(hover);
      assert.deepEqual(hover.isTrusted, { enabledCommands: [run] });
      for (const link of linksOf(hover.value)) {
        assert.match(link, /^command:dynamicner\.hover\.run\?%5B\d+%5D$/u);
      }
      assertInert(hover.value.replace(/\]\(command:dynamicner\.hover\.run\?%5B\d+%5D/gu, ']('));
    });
  }

  it('comes out of the escaping letter by letter', () => {
    for (const attack of attacks) {
      const { value } = appendPlain(new vscode.MarkdownString('', true), attack);
      assertInert(value);
      // `\\$(` is how VS Code writes a `$(` that is no icon.
      const said = value.replace(/\\(.)/gu, '$1').replaceAll('\\$(', '$(');
      assert.equal(said, attack.replace(/\s+/gu, ' '));
    }
  });

  /** No character that means something in Markdown stands without its backslash, but our own. */
  function assertInert(markdown: string): void {
    const own = markdown
      .replace(/\\./gu, '')
      .replace(/\$\((?:check|close|edit|references|sparkle|person)\)/gu, '');
    assert.doesNotMatch(own, /[<&`~#!@]|https?:|www\./u);
    assert.doesNotMatch(own, /command:|\]:/u);
  }
});

describe('hovers of nested entities', () => {
  it('say all of them, the outermost first', async () => {
    const text = 'the University of Oxford';
    const open = await openText(text);
    open.suggest(
      suggest(text, 'University of Oxford', ['facility', 'public facility', 'school'], {
        alternatives: [],
      }),
      suggest(text, 'Oxford', city, { alternatives: [] }),
    );
    const hovers = await hoversAt(open, open.at('Oxford'));
    assert.deepEqual(
      hovers.map(({ value }) => /school|city/u.exec(value)?.[0]),
      ['school', 'city'],
    );
    const outer = await hoversAt(open, open.at('University'));
    assert.equal(outer.length, 1);
  });
});
