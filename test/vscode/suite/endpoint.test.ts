import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ChatServer } from '../../servers/chatServer';
import {
  configure,
  gold,
  listingModels,
  oracleServer,
  picking,
  pressing,
  questionsTo,
  resetEngine,
  typed,
  useCascade,
} from './endpointSupport';
import {
  answering,
  closeAll,
  editorParts,
  extensionApi,
  extract,
  loadEncoder,
  openText,
  until,
} from './support';

const key = 'sk-nobody-may-read-this';
const sentences = ['Ada Lovelace lived in London.', 'Ada Lovelace saw Paris.'];
const text = sentences.join('\n\n');
const run = (command: string): Thenable<unknown> => vscode.commands.executeCommand(command);

describe('Endpoints', () => {
  let server: ChatServer;

  before(loadEncoder);
  beforeEach(async () => {
    server = await oracleServer(gold(...sentences));
  });
  afterEach(async () => {
    await resetEngine();
    await closeAll();
    await server.stop();
  });

  /** Answers “Set Up Endpoint…” for the test server. */
  function settingUp(name: string) {
    return {
      showQuickPick: picking('Other…', 'small'),
      showInputBox: (options: unknown) => {
        const { password, prompt } = options as vscode.InputBoxOptions;
        if (password === true) return key;
        return prompt?.startsWith('Address') === true ? server.url : name;
      },
    };
  }

  it('are set up, tested and removed; the key stands in no setting, and goes to its address alone', async () => {
    await answering(settingUp('mine'), () => run('dynamicner.setUpEndpoint'));
    const { endpoints } = vscode.workspace.getConfiguration('dynamicner') as unknown as {
      endpoints: Record<string, { url: string; model: string }>;
    };
    assert.equal(endpoints['mine']?.url, server.url);
    assert.equal(endpoints['mine']?.model, 'small');
    assert.equal(server.requests[0]?.headers.authorization, `Bearer ${key}`);
    const settings = JSON.stringify(vscode.workspace.getConfiguration('dynamicner'));
    assert.ok(!settings.includes(key));
    const { context } = await editorParts();
    assert.match((await context.secrets.get('endpoint:mine')) ?? '', /sk-nobody/u);

    const other = await oracleServer([]);
    try {
      await configure('endpoints', { mine: { url: other.url, model: 'small', choice: 'none' } });
      await answering({ showQuickPick: picking('mine', 'Test') }, () =>
        run('dynamicner.setUpEndpoint'),
      );
      assert.equal(other.requests.length, 1);
      assert.ok(!JSON.stringify(other.requests[0]?.headers).includes(key));
    } finally {
      await other.stop();
    }

    const shown = await answering({ showQuickPick: picking('mine') }, () =>
      run('dynamicner.forgetKey'),
    );
    assert.match(shown.join(), /forgotten/u);
    assert.equal(await context.secrets.get('endpoint:mine'), undefined);
    await answering(
      { showQuickPick: picking('mine', 'Remove'), showWarningMessage: pressing('Remove') },
      () => run('dynamicner.setUpEndpoint'),
    );
    assert.deepEqual(vscode.workspace.getConfiguration('dynamicner').get('endpoints'), {});
  });

  it('say what is wrong when nothing listens there', async () => {
    await server.stop();
    const shown = await answering(settingUp('mine'), () => run('dynamicner.setUpEndpoint'));
    assert.match(shown.join('\n'), /nothing listens there/u);
    assert.deepEqual(vscode.workspace.getConfiguration('dynamicner').get('endpoints'), {});
  });

  it('are chosen with an engine, extract, and tell what was asked', async () => {
    await configure('endpoints', { mine: { url: server.url, model: 'small', choice: 'none' } });
    await answering({ showQuickPick: picking('Cascade', 'mine') }, () =>
      run('dynamicner.selectEngine'),
    );
    await openText(text);
    const session = await extract();
    assert.deepEqual(typed(session), [
      'Ada Lovelace: scholar',
      'London: city',
      'Ada Lovelace: scholar',
      'Paris: city',
    ]);
    const { current } = (await editorParts()).status;
    assert.equal(current.engine, 'Cascade');
    assert.equal(current.remote, false);
    assert.match(current.spent ?? '', /\d+ requests, \d+ tokens, \d+\.\d s/u);
    // The same mention in the same words is asked about once: samples apart, every question differs.
    const asked = questionsTo(server).length;
    assert.equal(asked, 3 * 2 + 4 * 3);
    await answering({ showQuickPick: picking('Encoder') }, () => run('dynamicner.selectEngine'));
    assert.deepEqual(vscode.workspace.getConfiguration('dynamicner').get('engine'), {});
  });

  it('are asked nothing twice: answers are kept until they are cleared', async () => {
    await useCascade(server);
    await openText(text);
    const first = typed(await extract());
    const asked = questionsTo(server).length;
    assert.ok(asked > 0);
    assert.deepEqual(typed(await extract()), first);
    assert.equal(questionsTo(server).length, asked);
    assert.match((await editorParts()).status.current.spent ?? '', /answered from the cache/u);
    await answering({}, () => run('dynamicner.clearAnswers'));
    await extract();
    assert.equal(questionsTo(server).length, 2 * asked);
  });

  it('ask once for the same sentence in flight, and for each of its samples', async () => {
    server.handle(
      listingModels((request, response) => {
        setTimeout(() => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const content = request.body.messages?.at(-1)?.content ?? '';
          const choices = [
            { index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' },
          ];
          response.end(JSON.stringify({ choices }));
        }, 50);
      }),
    );
    await useCascade(server, { extractor: { samples: 2 } });
    await openText([sentences[0], sentences[0], sentences[0]].join('\n\n'));
    await extract();
    assert.deepEqual(questionsTo(server), [sentences[0], sentences[0]]);
  });

  it('stop at the budget of a run, and go on from there without asking anything twice', async () => {
    await useCascade(server, { budget: { requests: 4 } }, { concurrency: 1 });
    await openText(text);
    const { sessions } = await editorParts();
    let stops = 0;
    const shown = await answering(
      { showWarningMessage: (...args) => (++stops, pressing('Go On')(...args)) },
      () => run('dynamicner.extract'),
    );
    assert.match(shown.join('\n'), /budget of 4 requests is used up/u);
    assert.ok(sessions.active);
    assert.equal(typed(sessions.active).length, 4);
    const asked = questionsTo(server);
    assert.equal(stops, Math.ceil(asked.length / 4) - 1);
    assert.equal(new Set(asked).size, asked.length);
  });

  it('ask before a run on more than 50 passages', async () => {
    await useCascade(server);
    await openText(Array.from({ length: 60 }, (_, index) => `Number ${index} came.`).join('\n\n'));
    const refused = await answering({}, () => run('dynamicner.extract'));
    assert.match(refused.join('\n'), /About 600 requests to 127\.0\.0\.1:\d+ for 60 passages\?/u);
    assert.equal(questionsTo(server).length, 0);
    await answering({ showWarningMessage: pressing('Send') }, () => run('dynamicner.extract'));
    assert.equal(questionsTo(server).length, 60);
  });

  it('read what is visible first', async () => {
    await useCascade(server, {}, { concurrency: 1 });
    const lines = Array.from({ length: 49 }, (_, index) => `Number ${index} came.`);
    const { document } = await openText(lines.join('\n\n\n\n\n\n'));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor?.document === document);
    const end = document.positionAt(document.getText().length);
    editor.revealRange(new vscode.Range(end, end), vscode.TextEditorRevealType.AtTop);
    await until('the end is visible', () =>
      editor.visibleRanges.some((range) => range.contains(end) && range.start.line > 100),
    );
    await run('dynamicner.extract');
    const [first = ''] = questionsTo(server);
    assert.ok(lines.indexOf(first) > 20, first);
  });

  it('are not asked for the next best types of what the mouse points at', async () => {
    await useCascade(server);
    const { document } = await openText(text);
    const session = await extract();
    const start = document.getText().indexOf('lived');
    await session.add(start, start + 'lived'.length, ['event']);
    const asked = questionsTo(server).length;
    const ranked = await session.rankTypes(start, start + 'lived'.length, 3);
    assert.equal(ranked.length, 3);
    await vscode.commands.executeCommand(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(start),
    );
    assert.equal(questionsTo(server).length, asked);
  });

  it('close their sockets when stopped', async () => {
    server.handle(listingModels(() => undefined));
    await useCascade(server);
    await openText(text);
    const extracting = run('dynamicner.extract');
    await until('the server is asked', () => server.running > 0);
    await run('dynamicner.stop');
    await extracting;
    await until('the sockets are closed', () => server.running === 0);
    assert.ok(server.closedEarly > 0);
  });

  it('are traced without the key when the setting says so', async () => {
    await answering(settingUp('test'), () => run('dynamicner.setUpEndpoint'));
    await useCascade(server);
    await configure('endpoint.trace', true);
    server.handle((request, response) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      const { authorization = '' } = request.headers;
      response.end(JSON.stringify({ error: { message: `Bad key: ${authorization}` } }));
    });
    const traced: string[] = [];
    const { window } = await extensionApi();
    const { createOutputChannel } = window;
    const appendLine = (line: string) => void traced.push(line);
    Object.assign(window, {
      createOutputChannel: () => ({ appendLine, dispose: () => undefined }),
    });
    await openText(text);
    const shown = await answering({}, () => run('dynamicner.extract'));
    Object.assign(window, { createOutputChannel });
    const trace = traced.join('\n');
    assert.match(trace, /→ 127\.0\.0\.1:\d+ small/u);
    assert.match(trace, /user: Ada Lovelace lived in London\./u);
    assert.match(trace, /✗ .*Bad key: Bearer •••/u);
    assert.ok(!trace.includes(key));
    assert.match(shown.join('\n'), /cannot answer at the moment/u);
    assert.ok(!shown.join('\n').includes(key));
    assert.equal(server.requests.at(-1)?.headers.authorization, `Bearer ${key}`);
    const { current } = (await editorParts()).status;
    assert.equal(current.state, 'failed');
    assert.match(current.problem ?? '', /cannot answer/u);
    const { context } = await editorParts();
    await context.secrets.delete('endpoint:test');
  });
});
