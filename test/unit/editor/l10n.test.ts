import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleFile, collectStrings } from '../../../scripts/l10n.mjs';

describe('the strings that users see', () => {
  const { messages, problems } = collectStrings();

  it('all go through l10n.t, with as many values as places', () => {
    assert.deepEqual(problems, []);
    assert.ok(messages.length > 50, String(messages.length));
  });

  it('are all in the bundle that translations are made from (node scripts/l10n.mjs)', () => {
    assert.ok(existsSync(bundleFile));
    const bundle = JSON.parse(readFileSync(bundleFile, 'utf8')) as Record<string, string>;
    assert.deepEqual(Object.keys(bundle).sort(), messages);
  });

  it('keep their places in every language', () => {
    const folder = path.dirname(bundleFile);
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      const bundle = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as object;
      for (const [message, text] of Object.entries(bundle) as [string, string][]) {
        assert.deepEqual(placesOf(text), placesOf(message), `${name}: ${message}`);
      }
    }
  });
});

function placesOf(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/gu) ?? [])].sort();
}
