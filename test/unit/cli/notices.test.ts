import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { repository } from './testEnvironment';

/** Packages that the product's source imports; they are bundled or shipped beside the bundles. */
function importedPackages(): string[] {
  const names = new Set<string>();
  for (const folder of ['src', 'webview']) {
    for (const file of readdirSync(path.join(repository, folder), { recursive: true })) {
      if (!String(file).endsWith('.ts')) continue;
      const code = readFileSync(path.join(repository, folder, String(file)), 'utf8');
      for (const [, name = ''] of code.matchAll(/(?:from|import)\s*\(?'([^.'][^']*)'/g)) {
        const [scope = '', part] = name.split('/');
        if (!isBuiltin(name) && /^[@a-z]/.test(name))
          names.add(scope.startsWith('@') ? `${scope}/${part}` : scope);
      }
    }
  }
  names.delete('vscode');
  return [...names].sort();
}

describe('THIRD-PARTY-NOTICES.txt', () => {
  it('has a licence for every package that the product imports', () => {
    const notices = readFileSync(path.join(repository, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const names = importedPackages();
    assert.ok(names.includes('zod'), names.join(' '));
    for (const name of names) assert.ok(notices.includes(`\n${name} (`), name);
  });
});
