import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleFile, collectFrom, collectStrings } from '../../../scripts/l10n.mjs';

describe('the strings that users see', () => {
  const { messages, problems } = collectStrings();

  it('all go through l10n.t or are phrases, with as many values as places', () => {
    assert.deepEqual(problems, []);
    assert.ok(messages.length > 50, String(messages.length));
  });

  it('are found where they are neither', () => {
    const found = (text: string, file = 'src/core/x.ts'): string[] => {
      const among: string[] = [];
      collectFrom(text, file, new Set(), among);
      return among;
    };
    for (const text of [
      'throw new InputError("It is bad", mend)',
      'throw new ModelError(file, phrase`it is bad`, `Mend ${it}.`)',
      'throw new Error(isOne ? "one is bad" : phrase`many`)',
      'phrase`It is ${isBad ? "bad" : "good"}`',
    ]) {
      assert.notDeepEqual(found(text), [], text);
    }
    for (const text of [
      'throw new InputError(phrase`It is ${name}`, mend, { field: "threshold" })',
      'throw new RangeError("The offset lies outside")',
    ]) {
      assert.deepEqual(found(text), [], text);
    }
    assert.notDeepEqual(found('show({ label: "Open" })', 'src/editor/x.ts'), []);
    assert.notDeepEqual(found('item.tooltip = `Open ${it}`', 'src/panels/x.ts'), []);
  });

  it('are all in the bundle that translations are made from (node scripts/l10n.mjs)', () => {
    assert.ok(existsSync(bundleFile));
    const bundle = JSON.parse(readFileSync(bundleFile, 'utf8')) as Record<string, string>;
    assert.deepEqual(Object.keys(bundle).sort(), messages);
  });

  it('have no place in braces, which VS Code would not find', () => {
    const inBraces = messages.filter((message) => /\{\{\d|\d\}\}/u.test(message));
    assert.deepEqual(inBraces, []);
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
