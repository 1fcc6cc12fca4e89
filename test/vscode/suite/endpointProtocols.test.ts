import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answer, type ChatServer } from '../../servers/chatServer';
import { annotate } from './annotating';
import {
  gold,
  listingModels,
  oracleServer,
  questionsTo,
  resetEngine,
  typed,
  useCascade,
} from './endpointSupport';
import { closeAll, editorParts, extract, loadEncoder, openText } from './support';

const sentence = 'Ada Lovelace lived in London.';

describe('Other ways to ask a model', () => {
  let server: ChatServer;

  before(loadEncoder);
  beforeEach(async () => {
    server = await oracleServer(gold(sentence));
  });
  afterEach(async () => {
    await resetEngine();
    await closeAll();
    await server.stop();
  });

  it('give reasons, which stand in the hover', async () => {
    const reason = 'the one who *wrote* the first program';
    server.handle(
      listingModels((request, response) =>
        answer(request, response, `1. Ada Lovelace | True | ${reason} (scholar)`),
      ),
    );
    await useCascade(server, { protocol: 'promptner' });
    const { document } = await openText(sentence);
    assert.deepEqual(typed(await extract()), ['Ada Lovelace: scholar']);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 1),
    );
    const shown = hovers.flatMap(({ contents }) =>
      contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')),
    );
    // What a model says is text, not Markdown.
    assert.ok(
      shown.join('\n').replaceAll('&nbsp;', ' ').includes(reason.replaceAll('*', '\\*')),
      shown.join('\n'),
    );
  });

  it('ask about the uncertain alone, and tell how many questions certainty saved', async () => {
    const { status } = await editorParts();
    const verifying = async (low: number, high: number): Promise<number> => {
      const before = questionsTo(server).length;
      await useCascade(server, { extractor: { by: 'encoder' }, verify: { low, high } });
      await openText(sentence);
      assert.ok((await extract()).entityCount > 0);
      return questionsTo(server).length - before;
    };
    assert.equal(await verifying(0.01, 0.02), 0);
    assert.match(status.current.spent ?? '', /^0 requests, .* [1-9]\d* saved by certainty/u);
    assert.ok((await verifying(0.01, 1)) > 0);
    assert.doesNotMatch(status.current.spent ?? '', /saved/u);
  });

  it('show the likest sentences that the user has annotated by then', async () => {
    const demonstrations = { choose: 'nearest', k: 1 } as const;
    await useCascade(server, { extractor: { demonstrations } });
    const examples = async (): Promise<string[]> => {
      const before = server.requests.length;
      await openText('The frigate Adventure anchored off Lagos at dawn.');
      await extract();
      const { messages = [] } = server.requests[before]?.body ?? {};
      return messages.filter(({ role }) => role === 'assistant').map(({ content }) => content);
    };
    // Other suites have left annotations too, of other things.
    const likest = 'The frigate ##Rosalind## anchored off Lagos at noon.';
    assert.ok(!(await examples()).includes(likest));
    await annotate(
      'seen.txt',
      'The frigate Rosalind anchored off Lagos at noon.\n\nBuy 3 kg of Gouda.\n',
      'Rosalind',
      'Gouda',
    );
    assert.deepEqual(await examples(), [likest]);
  });
});
