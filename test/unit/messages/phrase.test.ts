import assert from 'node:assert/strict';
import { fillPlaces, phrase, phraseText, type Phrase } from '../../../src/core/messages/phrase';

describe('phrase', () => {
  it('is a template with its arguments, as plain data', () => {
    const made = phrase`A type under ${'the top level'} stands ${2} times`;
    assert.deepEqual(made, {
      template: 'A type under {0} stands {1} times',
      args: ['the top level', 2],
    });
    assert.equal(phraseText(made), 'A type under the top level stands 2 times');
    const sent = JSON.parse(JSON.stringify(made)) as Phrase;
    assert.equal(phraseText(sent), phraseText(made));
  });

  it('takes arguments as they are, whatever stands in them', () => {
    assert.equal(phraseText(phrase`${'{1} $& $1'}: ${'{0}'}`), '{1} $& $1: {0}');
    assert.equal(phraseText(phrase`Write {"start": …} or \`${''}\`.`), 'Write {"start": …} or ``.');
  });

  it('is said in another language with the phrases in it, and without its data', () => {
    const german: Readonly<Record<string, string>> = {
      'A type under {0} has no name': 'Ein Typ unter {0} hat keinen Namen',
      'the top level': 'der obersten Ebene',
      '{0}. {1}': '{0} – {1}',
    };
    const said = phraseText(
      phrase`${phrase`A type under ${phrase`the top level`} has no name`}. ${'the top level'}`,
      (template, ...values) => fillPlaces(german[template] ?? '?', ...values),
    );
    assert.equal(said, 'Ein Typ unter der obersten Ebene hat keinen Namen – the top level');
  });
});
