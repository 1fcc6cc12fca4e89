import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ChatServer } from '../../servers/chatServer';
import {
  gold,
  oracleServer,
  pressing,
  questionsTo,
  resetEngine,
  typed,
  useCascade,
} from './endpointSupport';
import { answering, closeAll, editorParts, extract, loadEncoder, openText, until } from './support';

const sentence = 'Ada Lovelace lived in London.';
const run = (command: string): Thenable<unknown> => vscode.commands.executeCommand(command);

async function setProxy(url: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('http')
    .update('proxy', url, vscode.ConfigurationTarget.Global);
}

/** Answers the question whether text may be sent, and presses nothing else. */
function deciding(title: string) {
  return {
    showWarningMessage: (...args: unknown[]) =>
      /^Send text/u.test(String(args[0])) ? pressing(title)(...args) : undefined,
  };
}

describe('Text that leaves the machine', () => {
  // The server takes the place of the proxy that VS Code's settings name: the address is nowhere.
  const address = { url: 'http://models.example/v1' };
  let server: ChatServer;

  before(loadEncoder);
  beforeEach(async () => {
    server = await oracleServer(gold(sentence));
    await setProxy(new URL(server.url).origin);
    await openText(sentence);
  });
  afterEach(async () => {
    await setProxy(undefined);
    await resetEngine();
    const { context } = await editorParts();
    await context.workspaceState.update('consents', undefined);
    await closeAll();
    await server.stop();
  });

  it('is not sent when the user refuses, who is told so and may think again', async () => {
    await useCascade(address);
    const { status } = await editorParts();
    assert.equal(status.current.remote, true);
    const shown = await answering(deciding('Do Not Allow'), () => run('dynamicner.extract'));
    assert.match(shown.join('\n'), /Send text of this workspace to models\.example\?/u);
    assert.match(shown.join('\n'), /No text of this workspace was sent to models\.example/u);
    assert.equal(server.requests.length, 0);
    assert.equal(status.current.state, 'failed');
    assert.match(status.current.problem ?? '', /you have not allowed it/u);

    const again = await answering({}, () => run('dynamicner.extract'));
    assert.doesNotMatch(again.join('\n'), /Send text/u, 'it was asked again');
    assert.equal(server.requests.length, 0);

    await answering(deciding('Allow'), () => run('dynamicner.allowSending'));
    assert.equal(status.current.state, 'ready');
    await answering({}, async () => {
      assert.deepEqual(typed(await extract()), ['Ada Lovelace: scholar', 'London: city']);
    });
  });

  it('is sent once the user allows it, through the proxy of VS Code, and nobody is asked again', async () => {
    await useCascade(address);
    const first = await answering(deciding('Allow'), async () => {
      assert.deepEqual(typed(await extract()), ['Ada Lovelace: scholar', 'London: city']);
    });
    assert.equal(first.length, 1, first.join('\n'));
    assert.ok(questionsTo(server).length > 0);
    assert.ok(server.requests.every(({ path }) => path.startsWith('http://models.example/')));
    await answering({}, () => run('dynamicner.clearAnswers'));
    const second = await answering({}, () => extract());
    assert.deepEqual(second, []);
  });

  it('is not sent while nothing is decided', async () => {
    await useCascade(address);
    const shown = await answering({}, () => run('dynamicner.extract'));
    assert.equal(shown.length, 1, shown.join('\n'));
    assert.equal(server.requests.length, 0);
  });

  it('is not asked about by what happens in the background', async () => {
    await extract();
    const shown = await answering({}, async () => {
      await useCascade(address);
      // The engine changed: what was extracted before is read again, by nobody's wish.
      const { status } = await editorParts();
      await until(
        'the engine is refused',
        () => status.current.state === 'failed' || status.current,
      );
    });
    assert.doesNotMatch(shown.join('\n'), /Send text/u);
    assert.equal(server.requests.length, 0);
  });

  it('may go to this machine without a question', async () => {
    await setProxy(undefined);
    await useCascade(server);
    const shown = await answering({}, () => extract());
    assert.deepEqual(shown, []);
    assert.ok(questionsTo(server).length > 0);
  });
});
