import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Session } from '../../../src/editor/documents/session';
import {
  answering,
  closeAll,
  editorParts,
  mentions,
  openFile,
  select,
  until,
  writeFile,
} from './support';

const text = 'Ada left Turin.\n\nOf Paris: Marie Curie came to Paris.\n';
const city = ['location', 'geo-political entity', 'city'];
const scholar = ['person', 'real person', 'scholar'];

/** Opens a document of that text with three annotations, one of them rejected, and a suggestion. */
async function annotated(name: string): Promise<Session> {
  const editor = await openFile(name, text);
  const session = (await editorParts()).sessions.of(editor.document) as Session;
  await session.restore();
  const source = { engine: 'encoder' };
  const at = (mention: string) => ({
    start: text.indexOf(mention),
    end: text.indexOf(mention) + mention.length,
  });
  const ada = {
    ...at('Ada'),
    id: 'ada',
    path: scholar,
    state: 'suggested' as const,
    score: 0.9,
    source,
  };
  const { start, end } = at('Turin');
  await session.add(start, end, city);
  const paris = text.lastIndexOf('Paris');
  await session.add(paris, paris + 5, city);
  const marie = await session.add(at('Marie Curie').start, at('Marie Curie').end, scholar);
  await session.reject([marie]);
  session.show([{ start: 0, end: 16, entities: [ada] }]);
  return session;
}

interface Answers {
  readonly format: string;
  readonly scope: string;
  readonly states?: string;
  readonly level?: number | null;
}

/** Exports with these answers; returns what was shown. */
function exportTo(
  target: vscode.Uri,
  answers: Answers,
  others: Parameters<typeof answering>[0] = {},
): Promise<string[]> {
  return answering({ showSaveDialog: () => target, ...others }, () =>
    vscode.commands.executeCommand('dynamicner.export', {
      states: 'accepted',
      level: null,
      ...answers,
    }),
  );
}

function inWorkspace(name: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);
}

type Entry = {
  sentence: string;
  entity: string[];
  category: string[];
  labels?: string[];
  span?: unknown;
};

function entriesOf(target: vscode.Uri): Entry[] {
  return Object.values(JSON.parse(readFileSync(target.fsPath, 'utf8')) as Record<string, Entry>);
}

describe('Export Annotations', () => {
  afterEach(closeAll);

  it('writes a document as DynamicNER, and reports the key "span"', async () => {
    await annotated('exported.txt');
    const target = inWorkspace('exported.json');
    const [told = ''] = await exportTo(target, { format: 'dynamicner', scope: 'document' });
    assert.deepEqual(entriesOf(target), [
      { sentence: 'Ada left Turin.', entity: ['Turin'], category: ['city'] },
      {
        sentence: 'Of Paris: Marie Curie came to Paris.',
        entity: ['Paris'],
        category: ['city'],
        span: [[30, 35]],
      },
    ]);
    assert.match(told, /^2 entities in 2 passages .* 1 entry needed the key "span"/u);
    const folder = path.dirname(target.fsPath);
    assert.ok(!readdirSync(folder).some((name) => name.endsWith('.tmp')));
  });

  it('opens the file and the report from its message', async () => {
    await annotated('reported.txt');
    const target = inWorkspace('reported.json');
    const open = (button: string) => ({
      showInformationMessage: (...args: unknown[]) => args.find((one) => one === button),
    });
    const answers = { format: 'dynamicner', scope: 'document' };
    await exportTo(target, answers, open('Open Exported File'));
    await until(
      'it is open',
      () => vscode.window.activeTextEditor?.document.uri.path === target.path,
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await exportTo(target, answers, open('Show Report'));
    await until('the report', () => {
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.languageId, 'markdown');
      assert.match(document.getText(), /- 2: Of Paris: Marie Curie came to Paris\./u);
      return true;
    });
  });

  it('writes with suggestions, or all with their states', async () => {
    await annotated('states.txt');
    const target = inWorkspace('states.jsonl');
    const states = (): string[] =>
      readFileSync(target.fsPath, 'utf8')
        .trim()
        .split('\n')
        .flatMap((line) => (JSON.parse(line) as { entities: { state?: string }[] }).entities)
        .map(({ state = 'suggested' }) => state);
    await exportTo(target, { format: 'jsonl', scope: 'document', states: 'suggested' });
    assert.deepEqual(states(), ['suggested', 'added', 'added']);
    await exportTo(target, { format: 'jsonl', scope: 'document', states: 'all' });
    assert.deepEqual(states(), ['suggested', 'added', 'rejected', 'added']);
  });

  it('writes a selection at a level, and a dynamic version with its labels', async () => {
    await annotated('selected.txt');
    const editor = vscode.window.activeTextEditor!;
    await select(editor, new vscode.Position(0, 4), new vscode.Position(0, 15));
    const target = inWorkspace('selected.json');
    await exportTo(target, { format: 'dynamicner', scope: 'selection', level: 0 });
    assert.deepEqual(entriesOf(target), [
      { sentence: 'left Turin.', entity: ['Turin'], category: ['location'] },
    ]);
    await exportTo(target, { format: 'dynamicner-dynamic', scope: 'document' });
    for (const { category, labels = [] } of entriesOf(target)) {
      assert.ok(category.every((type) => labels.includes(type)) && labels.includes('country'));
    }
  });

  it('writes all annotated documents of the folder, open or not, saved or not', async () => {
    const one = await annotated('folder one.txt');
    await vscode.commands.executeCommand('workbench.action.files.save');
    await until('it is saved', () => existsSync(`${one.document.uri.fsPath}.entities.jsonl`));
    await closeAll();
    await until('it is closed', () => one.document.isClosed);
    await annotated('folder two.txt');
    const target = inWorkspace('folder.jsonl');
    await exportTo(target, { format: 'jsonl', scope: 'folder' });
    const lines = readFileSync(target.fsPath, 'utf8').trim().split('\n');
    const passages = lines.map((line) => JSON.parse(line) as { id: string; entities: object[] });
    const counts = [
      'folder one.txt#1',
      'folder one.txt#2',
      'folder two.txt#1',
      'folder two.txt#2',
    ].map((id) => passages.find((passage) => passage.id === id)?.entities.length);
    assert.deepEqual(counts, [1, 1, 1, 1]);
  });

  it('writes a data set in another format, and says which lines could not be read', async () => {
    const line = '{"text":"Ada left Turin.","entities":[{"start":9,"end":14,"label":"city"}]}';
    const dataset = await writeFile('set.jsonl', `${line}\nno json\n${line}\n`);
    const target = inWorkspace('set.bio');
    const told = await exportTo(
      target,
      { format: 'bio', scope: 'dataset' },
      { showOpenDialog: () => [dataset] },
    );
    const bio = readFileSync(target.fsPath, 'utf8');
    assert.equal(bio.match(/Turin B-city/gu)?.length, 2);
    assert.ok(
      told.some((one) => one.includes('1 part was left out')),
      told.join(),
    );
  });

  it('writes documents as they are into a folder of brat', async () => {
    await annotated('standoff.txt');
    const folder = inWorkspace('standoff');
    await vscode.workspace.fs.createDirectory(folder);
    await exportTo(
      folder,
      { format: 'brat', scope: 'document' },
      { showOpenDialog: () => [folder] },
    );
    const content = (name: string): string => readFileSync(path.join(folder.fsPath, name), 'utf8');
    assert.equal(content('passage1.txt'), text);
    assert.equal(content('passage1.ann'), 'T1\tcity 9 14\tTurin\nT2\tcity 47 52\tParis\n');
    const again = await exportTo(
      folder,
      { format: 'brat', scope: 'document' },
      { showOpenDialog: () => [folder] },
    );
    assert.ok(
      again.some((one) => one.includes('is not empty')),
      again.join(),
    );
  });

  it('asks before it replaces another kind of file, and never replaces what it is made of', async () => {
    const session = await annotated('never replaced.txt');
    const other = await writeFile('other.json', '{"name": "something else"}');
    const answers = { format: 'dynamicner', scope: 'document' };
    const asked = await exportTo(other, answers);
    assert.ok(
      asked.some((one) => one.includes('will be replaced')),
      asked.join(),
    );
    assert.equal(readFileSync(other.fsPath, 'utf8'), '{"name": "something else"}');
    await exportTo(other, answers, { showWarningMessage: (...args) => args[2] });
    assert.equal(entriesOf(other).length, 2);
    const again = await exportTo(other, answers);
    assert.ok(!again.some((one) => one.includes('will be replaced')));
    const refused = await exportTo(session.document.uri, answers);
    assert.ok(
      refused.some((one) => one.includes('is what is exported')),
      refused.join(),
    );
    assert.equal(readFileSync(session.document.uri.fsPath, 'utf8'), text);
  });

  it('leaves no half file when something is wrong', async () => {
    const target = inWorkspace('never written.json');
    const notes = await writeFile('plain.dat', 'no data set at all');
    const told = await exportTo(
      target,
      { format: 'dynamicner', scope: 'dataset' },
      { showOpenDialog: () => [notes] },
    );
    assert.ok(
      told.some((one) => one.includes('no data set')),
      told.join(),
    );
    assert.equal(existsSync(target.fsPath), false);
  });
});

describe('Import Annotations', () => {
  afterEach(closeAll);

  it('places those of a file in the text, and says which have no place', async () => {
    const editor = await openFile('imported.txt', `A preface.\n\n${text}`);
    const { sessions } = await editorParts();
    const session = sessions.of(editor.document) as Session;
    const entries = {
      sentence1: {
        sentence: 'Ada left Turin.',
        entity: ['Ada', 'Turin'],
        category: ['scholar', 'city'],
      },
      sentence2: {
        sentence: 'Marie Curie came to Oslo.',
        entity: ['Marie Curie', 'Oslo'],
        category: ['scholar', 'city'],
      },
    };
    const file = await writeFile('import.json', JSON.stringify(entries));
    const importIt = (label: string): Promise<string[]> =>
      answering(
        {
          showOpenDialog: () => [file],
          showQuickPick: (items) =>
            (items as { label: string }[]).find((one) => one.label === label),
        },
        () => vscode.commands.executeCommand('dynamicner.import'),
      );
    const [told = ''] = await importIt('As accepted');
    assert.deepEqual(mentions(session), ['Ada', 'Turin', 'Marie Curie']);
    assert.ok(session.entities.every(({ state }) => state === 'accepted'));
    assert.deepEqual(session.entities[1]?.path, city);
    assert.match(told, /^3 annotations were imported .*1 has no place/u);
    const [again = ''] = await importIt('As suggestions');
    assert.match(again, /^0 annotations were imported .*3 were there already/u);
    await vscode.commands.executeCommand('dynamicner.undo');
    assert.deepEqual(mentions(session), []);
  });
});
