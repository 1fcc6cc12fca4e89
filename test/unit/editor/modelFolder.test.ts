import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import {
  bundledModel,
  folderNamed,
  packsIn,
  settingFor,
} from '../../../src/editor/engine/modelFolder';
import { temporaryFolder } from '../../temporaryFolder';

describe('the folder of the model', () => {
  const extension = temporaryFolder('extension');
  const models = path.join(extension, 'models');
  const addPack = (name: string): void => {
    mkdirSync(path.join(models, name), { recursive: true });
    writeFileSync(path.join(models, name, 'pack.json'), '{}');
  };

  it('is that of models where there is no pack or are several, else the pack’s', () => {
    assert.equal(bundledModel(extension), models);
    addPack('english');
    mkdirSync(path.join(models, 'no-pack'));
    assert.equal(bundledModel(extension), path.join(models, 'english'));
    addPack('others');
    assert.equal(bundledModel(extension), models);
    assert.deepEqual(packsIn(path.join(models, 'english')), []);
  });

  it('is named by the setting: nothing, a bundled pack, a path', () => {
    const base = path.resolve('/folder');
    assert.equal(folderNamed(' ', models, base), models);
    assert.equal(folderNamed('others', models, base), path.join(models, 'others'));
    assert.equal(folderNamed('mine', models, base), path.join(base, 'mine'));
    assert.equal(folderNamed('~/mine', models, base), path.join(homedir(), 'mine'));
  });

  it('is set by name where it is bundled', () => {
    assert.equal(settingFor(path.join(models, 'others'), models), 'others');
    assert.equal(settingFor(path.resolve('/elsewhere'), models), path.resolve('/elsewhere'));
  });
});
