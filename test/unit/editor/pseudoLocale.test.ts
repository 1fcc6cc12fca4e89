import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ResponseError } from 'vscode-jsonrpc';
import { bundleFile } from '../../../scripts/l10n.mjs';
import { errorText } from '../../../src/core/errors';
import type { PassageData } from '../../../src/core/formats/format';
import { formats } from '../../../src/core/formats/formats';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import { parseLabelFile, readLabelNames } from '../../../src/core/labels/labelFile';
import { fillPlaces, phrase, phraseText, type Translate } from '../../../src/core/messages/phrase';
import { describeProblem } from '../../../src/core/problem';
import { readManifest } from '../../../src/engines/encoder/pack';
import { DisposedError, ModelError } from '../../../src/engines/errors';
import { fromResponseError, toResponseError } from '../../../src/host/errors';
import { keptParts, plainLetters, pseudoLocalise } from './pseudoLocale';

const bundle = readStrings(bundleFile);
const manifestStrings = readStrings(path.join(path.dirname(bundleFile), '../package.nls.json'));

/** What the editor's `l10n.t` gives in the pseudo-locale; a text outside of the bundle is an error. */
const translate: Translate = (template, ...values) => {
  const text = bundle[template];
  assert.ok(text !== undefined, `“${template}” is not in the bundle`);
  return fillPlaces(pseudoLocalise(text), ...values);
};

/** All that a user reads is in the pseudo-locale, except the data. */
function isPseudo(said: string, data: readonly string[]): void {
  assert.match(said, /^⟦.*⟧$/su);
  const rest = data.reduce((text, part) => {
    assert.ok(text.includes(part), `${said} has no “${part}”`);
    return text.replaceAll(part, '');
  }, said);
  assert.deepEqual(rest.match(/[A-Za-z]+/gu) ?? [], [], said);
}

describe('the pseudo-locale', () => {
  it('has every text, with its places, icons, links and settings as they were', () => {
    const texts = [...Object.values(bundle), ...Object.values(manifestStrings)];
    assert.ok(texts.length > 300, String(texts.length));
    for (const text of texts) {
      const pseudo = pseudoLocalise(text);
      assert.deepEqual(keptParts(pseudo), keptParts(text), text);
      assert.deepEqual(plainLetters(pseudo), [], text);
      assert.notEqual(pseudo, text);
    }
  });

  it('has what errors in input say', () => {
    const cases: [() => unknown, data: string[]][] = [
      [() => parseLabelFile('', 'x.txt'), ['x.txt']],
      [() => parseLabelFile('{"a": [1]}', 'x.json'), ['x.json:1']],
      [() => parseLabelFile('{"a": \n}', 'x.json'), ['x.json:2']],
      [() => parseLabelFile('{"labels": [{"name": "b", "enabled": 1}]}'), ['"enabled"']],
      [() => readLabelNames(' , '), []],
      [() => readLabelNames('film,film'), ['film']],
      [() => dynamicNerLabels.withEnabled(['film', 'b'], true), ['film › b']],
      [
        () => dynamicNerLabels.withSettings(['person'], { threshold: 2 }),
        ['person', '"threshold"'],
      ],
    ];
    for (const [work, data] of cases) isPseudo(errorText(thrown(work), translate), data);
  });

  it('has what is doubtful in input, and what a format cannot express', async () => {
    const wrong = '{"film": [], "Transortation": ["ship", "ship", ""]}';
    const { problems } = parseLabelFile(wrong);
    const data: Readonly<Record<string, string[]>> = {
      spelling: ['Transortation', 'Transportation'],
      repeated: ['ship', 'Transortation'],
      'no-name': [],
    };
    assert.deepEqual(problems.map(({ kind }) => kind).sort(), Object.keys(data).sort());
    for (const problem of problems) {
      isPseudo(phraseText(describeProblem(problem), translate), data[problem.kind] ?? []);
    }
    const entity = { id: 'e', start: 0, end: 4, path: ['a', 'b'], state: 'accepted' } as const;
    const passage: PassageData = { text: 'Text', lang: 'en', id: '1', entities: [entity] };
    for (const format of formats) {
      isPseudo(phraseText(format.title, translate), []);
      const said: string[] = [];
      const onNote = ({ message }: { message: Parameters<typeof phraseText>[0] }): void => {
        said.push(phraseText(message, translate));
      };
      for await (const piece of format.write([passage], { onNote })) assert.ok(piece);
      said.forEach((text) => isPseudo(text, text.includes('"span"') ? ['"span"'] : []));
    }
  });

  it('has what errors of models and of the process say, also across the border of the process', async () => {
    const missing = await readManifest(path.join('no', 'such')).catch((error: unknown) => error);
    assert.ok(missing instanceof ModelError);
    const sent = JSON.parse(JSON.stringify(toResponseError(missing).toJson())) as ResponseError;
    const arrived = fromResponseError(new ResponseError(sent.code, sent.message, sent.data));
    assert.ok(arrived instanceof ModelError);
    assert.equal(arrived.message, missing.message);
    isPseudo(errorText(arrived, translate), [missing.file]);

    const unknown = fromResponseError(new ResponseError(1, 'boom'));
    isPseudo(errorText(unknown, translate), ['boom']);
    isPseudo(errorText(new DisposedError(phrase`encoder`), translate), []);
    assert.equal(errorText(new Error('as it is'), translate), 'as it is');
  });
});

function readStrings(file: string): Record<string, string> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}
