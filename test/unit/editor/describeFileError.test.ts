import assert from 'node:assert/strict';
import { readTaxonomyFile } from '../../../src/core/labels/taxonomyFile/readTaxonomyFile';
import { phraseText } from '../../../src/core/messages/phrase';
import { describeFileError } from '../../../src/editor/labels/describeFileError';

describe('describeFileError', () => {
  function described(text: string): string {
    const { error } = readTaxonomyFile(text);
    assert.ok(error);
    return phraseText(describeFileError(error));
  }

  it('names the command of the editor that imports another kind of list', () => {
    assert.match(described('{"person": ["actor"]}'), /\. Run “New Label List…” to import it\.$/u);
  });

  it('says of a broken file where it breaks only', () => {
    const broken = described('{"types": [ "film" "song" ]}');
    assert.match(broken, /^The file is not JSON: .*[^.]\.$/u);
    assert.doesNotMatch(broken, /New Label List/u);
  });
});
