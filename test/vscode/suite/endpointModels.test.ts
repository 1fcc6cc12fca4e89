import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LanguageModel } from '../../../src/editor/endpoints/languageModel';
import type { ExtractToolAnswer } from '../../../src/editor/features/extractTool';
import { EndpointError } from '../../../src/engines/endpoint/errors';
import {
  configure,
  gold,
  oracleServer,
  picking,
  pressing,
  resetEngine,
  useCascade,
} from './endpointSupport';
import { answering, closeAll, editorParts, loadEncoder, writeFile } from './support';

type Send = vscode.LanguageModelChat['sendRequest'];

/** A language model of VS Code that answers as a test says. */
function fakeModel(sendRequest: Send): LanguageModel {
  return new LanguageModel({
    id: 'fake',
    name: 'Fake',
    vendor: 'maker',
    family: 'fake',
    version: '1',
    maxInputTokens: 1000,
    sendRequest,
    countTokens: () => Promise.resolve(1),
  });
}

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
}

function responding(...texts: readonly string[]): ReturnType<Send> {
  return Promise.resolve({ text: pieces(...texts), stream: pieces() });
}

describe('Language models of VS Code', () => {
  const question = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Who?' },
    { role: 'assistant', content: 'Ada' },
    { role: 'user', content: 'And where?' },
  ] as const;

  it('are asked like endpoints, without a key', async () => {
    const { User, Assistant } = vscode.LanguageModelChatMessageRole;
    let sent: readonly vscode.LanguageModelChatMessage[] = [];
    let options: vscode.LanguageModelChatRequestOptions | undefined;
    const model = fakeModel((messages, given) => {
      sent = messages;
      options = given;
      return responding('Lon', 'don');
    });
    const answer = await model.complete(question, { temperature: 0.5, maxTokens: 9 });
    assert.deepEqual(
      sent.map(({ role }) => role),
      [User, User, Assistant, User],
    );
    assert.deepEqual(options?.modelOptions, { temperature: 0.5, max_tokens: 9 });
    assert.deepEqual(answer, {
      text: 'London',
      finish: 'whole',
      usage: { promptTokens: 7, completionTokens: 2 },
    });
    assert.equal(model.remote, true);
    assert.equal(model.host, 'maker');
  });

  it('say what to do when they are not allowed, blocked or gone', async () => {
    const { LanguageModelError } = vscode;
    const cases = [
      [LanguageModelError.NoPermissions('no'), 'endpoint', /have not allowed/u],
      [LanguageModelError.Blocked('quota'), 'endpoint', /quota/u],
      [LanguageModelError.NotFound('gone'), 'endpoint', /no such language model/u],
      [new Error('It broke.'), 'busy', /It broke/u],
    ] as const;
    for (const [error, kind, said] of cases) {
      const asked = fakeModel(() => Promise.reject(error)).complete(question, {});
      await assert.rejects(asked, (thrown: unknown) => {
        assert.ok(thrown instanceof EndpointError);
        assert.equal(thrown.kind, kind);
        assert.match(thrown.message, said);
        return true;
      });
    }
  });

  it('are told when they are not waited for any more', async () => {
    const stop = new AbortController();
    let token: vscode.CancellationToken | undefined;
    const asked = fakeModel((_messages, _options, given) => {
      token = given;
      stop.abort();
      return responding('too late');
    }).complete(question, {}, stop.signal);
    await assert.rejects(asked, { name: 'AbortError' });
    assert.equal(token?.isCancellationRequested, true);
  });
});

describe('Add Model…', () => {
  it('tells what is in a folder, and uses it when the user wants to', async () => {
    const { context } = await editorParts();
    const folder = vscode.Uri.joinPath(context.extensionUri, 'models', 'dynamicner-en-small');
    const model = (): unknown => vscode.workspace.getConfiguration('dynamicner').get('model');
    const adding = (button: string) => ({
      showQuickPick: picking('Add Model'),
      showOpenDialog: () => [folder],
      showInformationMessage: pressing(button),
    });
    const select = () => vscode.commands.executeCommand('dynamicner.selectModel');
    const refused = await answering(adding('no such button'), select);
    assert.match(refused.join('\n'), /dynamicner-en-small \(.+, \d+\.\d MB\)/u);
    assert.equal(model(), '');
    await answering(adding('Use This Model'), select);
    assert.equal(model(), 'dynamicner-en-small');
    let listed: string[] = [];
    await answering(
      {
        showQuickPick: (items) => {
          listed = (items as vscode.QuickPickItem[]).flatMap(({ detail = [] }) => detail);
        },
      },
      select,
    );
    assert.deepEqual(listed, [folder.fsPath]);
    await context.globalState.update('addedModels', undefined);
    await configure('model', undefined);
  });
});

describe('The tool extract_entities', () => {
  const text = 'Ada Lovelace lived in London.';

  before(loadEncoder);
  afterEach(async () => {
    await resetEngine();
    await closeAll();
  });

  async function call(input: object): Promise<ExtractToolAnswer> {
    const result = await vscode.lm.invokeTool('dynamicner_extract_entities', {
      input,
      toolInvocationToken: undefined,
    });
    const [part] = result.content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    return JSON.parse(part.value) as ExtractToolAnswer;
  }

  it('finds the entities of a text, by the label list in force', async () => {
    const { engine, entities } = await call({ text });
    assert.equal(engine, 'encoder');
    const ada = entities.find((entity) => entity.text === 'Ada Lovelace');
    assert.ok(ada, JSON.stringify(entities));
    assert.equal(text.slice(ada.start, ada.end), 'Ada Lovelace');
    assert.equal(ada.type[0], 'person');
    assert.ok((ada.score ?? 0) > 0);
  });

  it('finds those of a file, by labels of the caller, at their places', async () => {
    await writeFile('agent.md', `# Notes\n\nNothing here.\n\n${text}\n`);
    const { entities } = await call({ file: 'agent.md', labels: ['person', 'city'] });
    const london = entities.find((entity) => entity.text === 'London');
    assert.deepEqual(london?.type, ['city']);
    assert.equal(london?.start, 24 + text.indexOf('London'));
  });

  it('asks the engine in force', async () => {
    const server = await oracleServer(gold(text));
    try {
      await useCascade(server);
      const { engine, entities } = await call({ text });
      assert.equal(engine, 'cascade');
      assert.deepEqual(
        entities.map((entity) => [entity.text, entity.type.at(-1)]),
        [
          ['Ada Lovelace', 'scholar'],
          ['London', 'city'],
        ],
      );
    } finally {
      await server.stop();
    }
  });

  it('lists as many entities as the caller has tokens for, and counts the others', async () => {
    const result = await vscode.lm.invokeTool('dynamicner_extract_entities', {
      input: { text: Array.from({ length: 20 }, () => text).join('\n\n') },
      toolInvocationToken: undefined,
      tokenizationOptions: {
        tokenBudget: 1000,
        countTokens: (counted) => Promise.resolve(counted.length),
      },
    });
    const [part] = result.content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    assert.ok(part.value.length <= 1000, part.value);
    const { entities, notListed } = JSON.parse(part.value) as ExtractToolAnswer;
    assert.ok(entities.length > 0);
    assert.ok(entities.length + (notListed ?? 0) >= 20);
  });

  it('says what is wrong with its input', async () => {
    await assert.rejects(call({}), /either a text or a file/u);
    await assert.rejects(call({ file: '/etc/hostname' }), /not in the workspace/u);
    await assert.rejects(call({ file: '../outside.txt' }), /not in the workspace/u);
    await assert.rejects(call({ text, labels: [] }), /labels/u);
  });
});
