import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ChatServer } from '../../servers/chatServer';
import {
  configure,
  gold,
  oracleServer,
  picking,
  questionsTo,
  resetEngine,
  typed,
  useCascade,
} from './endpointSupport';
import {
  answering,
  closeAll,
  editorParts,
  extract,
  loadEncoder,
  openText,
  until,
  writeFile,
} from './support';

const sentence = 'Ada Lovelace lived in London.';
const found = ['Ada Lovelace: scholar', 'London: city'];
const configuration = () => vscode.workspace.getConfiguration('dynamicner');

describe('The choice of who finds and who types', () => {
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

  it('gives each stage a model of its own, of those that the server lists', async () => {
    await configure('endpoints', { mine: { url: server.url, model: 'small', choice: 'none' } });
    const picks = picking('Choose Extractor', 'mine', 'small', 'mine', 'large');
    await answering({ showQuickPick: picks }, () =>
      vscode.commands.executeCommand('dynamicner.selectEngine'),
    );
    assert.deepEqual(configuration().get('engine'), {
      protocol: 'cascade',
      extractor: { by: 'endpoint:mine' },
      classifier: { by: 'endpoint:mine', model: 'large' },
    });
    await openText(sentence);
    assert.deepEqual(typed(await extract()), found);
    const asked = server.requests.filter(({ path }) => path.endsWith('/chat/completions'));
    const modelsOf = (isTyping: boolean): unknown[] => [
      ...new Set(
        asked
          .filter(({ body }) => (body.messages?.at(-1)?.content !== sentence) === isTyping)
          .map(({ body }) => body.model),
      ),
    ];
    assert.deepEqual([modelsOf(false), modelsOf(true)], [['small'], ['large']]);
    const { model } = (await editorParts()).status.current;
    assert.match(model, /^small, .* \+ large, /u);
  });

  it('says so when the server of a stage does not answer, and changes nothing', async () => {
    await configure('endpoints', { mine: { url: server.url, model: 'small' } });
    await server.stop();
    const shown = await answering(
      { showQuickPick: picking('Choose Extractor', 'Encoder', 'mine') },
      () => vscode.commands.executeCommand('dynamicner.selectEngine'),
    );
    assert.match(shown.join('\n'), /nothing listens there/u);
    assert.deepEqual(configuration().get('engine'), {});
  });

  it('leaves it to the user’s own settings whom an endpoint’s name means', async () => {
    const theirs = await oracleServer(gold(sentence));
    try {
      await useCascade(server);
      const endpoints = {
        test: { url: theirs.url, model: 'small', choice: 'none' },
        theirs: { url: theirs.url, model: 'small', choice: 'none' },
      };
      // The level tells when the settings of the folder were read.
      const uri = await writeFile(
        '.vscode/settings.json',
        JSON.stringify({ 'dynamicner.endpoints': endpoints, 'dynamicner.level': 'medium' }),
      );
      await until('the folder’s settings hold', () => configuration().get('level') === 'medium');
      assert.deepEqual(Object.keys(configuration().get<object>('endpoints') ?? {}), ['test']);
      await openText(sentence);
      await answering({}, () => extract());
      await vscode.workspace.fs.delete(uri);
      await until('they hold no more', () => configuration().get('level') === 'fine');
      assert.equal(theirs.requests.length, 0);
      assert.ok(questionsTo(server).length > 0);
    } finally {
      await theirs.stop();
    }
  });
});
