import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DatasetDocument } from '../../../src/editor/datasets/datasetDocument';
import { closeDatasets, openDataset } from './openDataset';
import { answering, editorParts, loadEncoder, until, writeFile } from './support';

const sentences = [
  ['The tug ', 'Brightwater', ' waited off the old harbour all night.'],
  ['We saw the ', 'Sandpiper', ' at anchor before noon.'],
  ['Captain Olsen steered the ', 'Sea Lark', ' through the fog.'],
  ['At dusk the ', 'Northern Star', ' was towed in for repairs.'],
] as const;
const ship = ['product', 'vehicle', 'water'];
const run = (command: string): Thenable<unknown> =>
  vscode.commands.executeCommand(`dynamicner.${command}`);

/** A data set of sentences about ships, their names marked as one that makes data sets does. */
function fleet(entity: (start: number, end: number) => object): string {
  const lines = sentences.map(([before, name, after]) => {
    const { length: start } = before;
    return JSON.stringify({
      text: before + name + after,
      entities: [entity(start, start + name.length)],
    });
  });
  return `${lines.join('\n')}\n`;
}

async function statesOf(dataset: DatasetDocument): Promise<string[]> {
  const { states } = await dataset.counts();
  return Object.entries(states).flatMap(([state, count]) => Array<string>(count).fill(state));
}

describe('Learning and label lists of a data set', () => {
  before(loadEncoder);
  afterEach(closeDatasets);

  it('learns from what its people marked', async () => {
    await writeFile('harbour.taxonomy.json', '{"types": ["ship", "person"]}');
    const settings = vscode.workspace.getConfiguration('dynamicner');
    const associations = { '**/harbour*.jsonl': 'harbour.taxonomy.json' };
    const { Workspace } = vscode.ConfigurationTarget;
    await settings.update('labelAssociations', associations, Workspace);
    try {
      const marked = fleet((start, end) => ({ start, end, label: 'ship' }));
      const { uri } = await openDataset('harbour.jsonl', marked);
      const { labels } = await editorParts();
      await until('its list is in force', () => labels.of(uri).labels.length === 2);
      const shown = await answering({}, () => run('learn'));
      assert.match(shown.join('\n'), /Learned from \d+ examples/u);
      assert.notEqual(labels.of(uri).toSpec().adapters, undefined);
      await run('undoLearning');
      await until('it is forgotten', () => labels.of(uri).toSpec().adapters === undefined);
      assert.match(String(await answering({}, () => run('learn'))), /Learning is off/u);
    } finally {
      await settings.update('labelAssociations', undefined, Workspace);
    }
  });

  it('is reviewed by information, an answer a step', async () => {
    const found = { source: { engine: 'encoder' }, state: 'suggested', label: 'scholar' };
    let score = 1;
    const dataset = await openDataset(
      'review.jsonl',
      fleet((start, end) => ({ ...found, start, end, score: (score -= 0.1) })),
    );
    const revealed: number[] = [];
    const listening = dataset.onDidReveal(({ id }) => revealed.push(id));
    const keys = ['accept', 'reject', 'skip', 'accept'];
    const shown = await answering(
      {
        showQuickPick: (items) => {
          const key = keys.shift();
          return (items as { key: string }[]).find((item) => item.key === key);
        },
      },
      () => run('reviewUncertain'),
    );
    listening.dispose();
    assert.deepEqual(shown, ['There is nothing left to review.']);
    assert.deepEqual([...revealed].sort(), [0, 1, 2, 3]);
    assert.notDeepEqual(revealed, [0, 1, 2, 3]);
    assert.deepEqual((await statesOf(dataset)).sort(), [
      'accepted',
      'accepted',
      'rejected',
      'suggested',
    ]);
  });

  it('changes its label list by a map, says before what that loses, and takes it back', async () => {
    const label = ship.join(' > ');
    const content = fleet((start, end) => ({ start, end, label: start === 8 ? 'scholar' : label }));
    const dataset = await openDataset('lists.jsonl', content);
    const before = (await dataset.counts()).types;
    const warnings: unknown[] = [];
    const answers = ['Apply', 'Undo'];
    let after: unknown;
    const shown = await answering(
      {
        showQuickPick: (items) => (items as { key: string }[]).find(({ key }) => key === 'names'),
        showInputBox: () => 'vessel, person',
        showWarningMessage: (...args) => {
          warnings.push(args[1]);
          return args[2];
        },
        showInformationMessage: async () => {
          const map = vscode.window.activeTextEditor?.document;
          if (answers.length === 2 && map !== undefined) {
            assert.match(map.getText(), /3 entities/u);
            const edit = new vscode.WorkspaceEdit();
            const whole = new vscode.Range(0, 0, map.lineCount, 0);
            edit.replace(map.uri, whole, '{"map": {"water": "vessel", "scholar": null}}');
            await vscode.workspace.applyEdit(edit);
          } else after = (await dataset.counts()).types;
          return answers.shift();
        },
      },
      () => run('changeLabelList'),
    );
    assert.match(JSON.stringify(warnings), /goes nowhere: 1 entity removed/u);
    assert.match(String(shown), /3 entities have types of the other list now/u);
    assert.deepEqual(
      (after as typeof before).map(({ path, count }) => [path, count]),
      [[['vessel'], 3]],
    );
    await until('it is as before', async () => {
      const { types } = await dataset.counts();
      return JSON.stringify(types) === JSON.stringify(before);
    });
  });
});
