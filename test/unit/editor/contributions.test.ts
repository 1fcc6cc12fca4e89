import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formats } from '../../../src/core/formats/formats';
import {
  backgroundColourId,
  borderColourId,
  codePartsChoices,
  colourSlots,
  commandIds,
  dataEndings,
  datasetEditor,
  levelNames,
  overlapChoices,
  restrictedSettings,
  settings,
  viewIds,
} from '../../../src/editor/contributions';
import { schemaOf, settingSchemas, toolInputSchema } from './settingSchemas';

const root = path.join(import.meta.dirname, '../../..');

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly customEditors: readonly {
      readonly viewType: string;
      readonly selector: readonly { readonly filenamePattern: string }[];
    }[];
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly inputSchema: unknown;
    }[];
    readonly colors: readonly { readonly id: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<string, { default: unknown; scope: string; enum?: readonly string[] }>
      >;
    }[];
  };
}

const manifest = readJson('package.json') as Manifest;
const { contributes } = manifest;
const properties = Object.assign(
  {},
  ...contributes.configuration.map((group) => group.properties),
) as Manifest['contributes']['configuration'][number]['properties'];

describe('the manifest', () => {
  it('contributes exactly the commands that the code declares', () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      [...commandIds].sort(),
    );
  });

  it('puts only its commands into menus and keys', () => {
    const known = new Set<string>(commandIds);
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    for (const { command } of used) assert.ok(command === undefined || known.has(command), command);
  });

  it('contributes exactly the settings that the code declares, with their defaults and scopes', () => {
    const declared = Object.entries(settings).map(([name, value]) => [`dynamicner.${name}`, value]);
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(properties).map(([name, { default: value, scope }]) => [
          name,
          { default: value, scope },
        ]),
      ),
      Object.fromEntries(declared),
    );
    assert.deepEqual(properties['dynamicner.level']?.enum, levelNames);
    assert.deepEqual(properties['dynamicner.overlap']?.enum, overlapChoices);
    assert.deepEqual(properties['dynamicner.extract.code']?.enum, codePartsChoices);
  });

  it('describes the settings that are objects as the code checks them (node --import tsx test/unit/editor/settingSchemas.ts)', () => {
    for (const [name, schema] of Object.entries(settingSchemas)) {
      assert.deepEqual(schemaOf({ ...properties[name] }), schema, name);
    }
  });

  it('describes the input of its tool as the code checks it', () => {
    assert.deepEqual(
      contributes.languageModelTools.map(({ name, inputSchema }) => [name, inputSchema]),
      [['dynamicner_extract_entities', toolInputSchema]],
    );
  });

  it('offers the data-set editor, and commands for data sets, for the endings that formats name', () => {
    const { endings, viewType } = datasetEditor;
    const named = formats
      .filter(({ name }) => name !== 'text')
      .flatMap(({ extensions }) => extensions);
    assert.deepEqual([...endings].sort(), [...new Set(named)].sort());
    assert.deepEqual(
      contributes.customEditors.find((editor) => editor.viewType === viewType)?.selector,
      endings.map((ending) => ({ filenamePattern: `*${ending}` })),
    );
    const patternOf = (some: readonly string[]): string =>
      `/^\\.(${some.map((ending) => ending.slice(1)).join('|')})$/`;
    const inExplorer = contributes.menus['explorer/context'] ?? [];
    const limited = inExplorer.flatMap(({ command, when = '' }) => {
      const [, pattern] = /resourceExtname =~ (\/.*?\/)(?= |$)/u.exec(when) ?? [];
      return pattern === undefined ? [] : [{ command, pattern }];
    });
    assert.equal(limited.length, JSON.stringify(contributes).split('resourceExtname').length - 1);
    assert.ok(limited.length > 1);
    for (const { command, pattern } of limited) {
      const all = command === 'dynamicner.openDataset';
      assert.equal(pattern, patternOf(all ? endings : dataEndings), command);
    }
  });

  it('lets an untrusted workspace set nothing that reaches beyond it', () => {
    assert.deepEqual(
      manifest.capabilities.untrustedWorkspaces.restrictedConfigurations,
      restrictedSettings.map((name) => `dynamicner.${name}`),
    );
  });

  it('contributes exactly the colours and views that the code declares', () => {
    const slots = Array.from({ length: colourSlots }, (_, slot) => slot);
    assert.deepEqual(
      contributes.colors.map(({ id }) => id).sort(),
      slots.flatMap((slot) => [borderColourId(slot), backgroundColourId(slot)]).sort(),
    );
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(views.map(({ id }) => id).sort(), [...viewIds].sort());
  });

  it('uses in its when clauses only context keys that the code sets', () => {
    const source = readFileSync(path.join(root, 'src/editor/contributions.ts'), 'utf8');
    const declared = new Set(
      [...source.matchAll(/readonly '(dynamicner\.[\w.]+)'/gu)].map(([, key]) => key),
    );
    const clauses = JSON.stringify(contributes).matchAll(/"when":"((?:[^"\\]|\\.)*)"/gu);
    for (const [, clause = ''] of clauses) {
      const keys = clause
        .replace(/(?:view|webviewId|activeCustomEditorId|activeWebviewPanelId) == .?[\w.]+/gu, '')
        .matchAll(/dynamicner\.[\w.]+/gu);
      for (const [key] of keys) assert.ok(declared.has(key), `${key} in “${clause}”`);
    }
  });

  it('has a text for every key, and no text that nobody uses', () => {
    const texts = readJson('package.nls.json') as Record<string, string>;
    const used = new Set(
      [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/gu)].map(([, key]) => key ?? ''),
    );
    assert.deepEqual(Object.keys(texts).sort(), [...used].sort());
  });

  it('takes every text that users see from package.nls.json', () => {
    const texts =
      /^(title|displayName|description|markdownDescription|name|label|category|contents|altText)$/u;
    const found: string[] = [];
    const visit = (value: unknown, key: string): void => {
      if (typeof value === 'string' && texts.test(key) && !/^%[^%]+%$/u.test(value)) {
        found.push(`${key}: ${value}`);
      }
      if (Array.isArray(value)) {
        const isText = /^(markdownE|e)numDescriptions$/u.test(key);
        for (const one of value) visit(one, isText ? 'description' : '');
      } else if (typeof value === 'object' && value !== null) {
        for (const [name, one] of Object.entries(value)) visit(one, name);
      }
    };
    // Tools have names, as commands have ids; what models read of them is English.
    const tools = contributes.languageModelTools.map(
      ({ name: _, inputSchema: __, ...tool }) => tool,
    );
    visit({ ...contributes, languageModelTools: tools }, '');
    assert.deepEqual(found, []);
  });

  it('has all texts in every language that it has any in', () => {
    const english = Object.keys(readJson('package.nls.json') as object).sort();
    const others = readdirSync(root).filter((name) => /^package\.nls\..+\.json$/u.test(name));
    for (const name of others) {
      assert.deepEqual(Object.keys(readJson(name) as object).sort(), english, name);
    }
  });
});
