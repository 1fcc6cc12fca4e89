import assert from 'node:assert/strict';
import type { EditAnswer } from '../../../src/core/messages/labelEditor';
import type { TaxonomyEdit } from '../../../src/core/labels/taxonomyFile/taxonomyEdit';
import { changedPart } from '../../../src/core/labels/taxonomyFile/changedPart';
import { Changes } from '../../../webview/labels/changes';
import {
  contrastOf,
  hexOf,
  leastContrast,
  readColour,
  withContrast,
} from '../../../webview/labels/details/contrast';

const rename = (name: string): TaxonomyEdit => ({ kind: 'rename', type: [0], name });

/** An extension that answers when it is told to. */
class Extension {
  now = { version: 1, reverts: 0 };
  readonly previews: (TaxonomyEdit | undefined)[] = [];
  readonly edits: (readonly TaxonomyEdit[])[] = [];
  answers: EditAnswer[] = [];
  private readonly release: (() => void)[] = [];

  state(): { version: number; reverts: number } {
    return this.now;
  }

  preview(edit: TaxonomyEdit | undefined): Promise<unknown> {
    this.previews.push(edit);
    return new Promise<void>((resolve) => this.release.push(resolve));
  }

  edit(edits: readonly TaxonomyEdit[]): Promise<EditAnswer> {
    this.edits.push(edits);
    return Promise.resolve(this.answers.shift() ?? { outcome: 'done' });
  }

  nextState(): Promise<void> {
    this.now = { ...this.now, version: this.now.version + 1 };
    return Promise.resolve();
  }

  async answerPreviews(): Promise<void> {
    for (const resolve of this.release.splice(0)) resolve();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('changes of a list in the page', () => {
  it('shows one preview at a time, and of those that came meanwhile the latest', async () => {
    const extension = new Extension();
    const changes = new Changes(
      extension,
      () => undefined,
      () => undefined,
    );
    for (const name of ['a', 'ab', 'abc']) changes.preview(rename(name));
    assert.deepEqual(extension.previews, [rename('a')]);
    await extension.answerPreviews();
    assert.deepEqual(extension.previews, [rename('a'), rename('abc')]);
  });

  it('makes an edit anew from the state of then where it came too late, and tells a refusal', async () => {
    const extension = new Extension();
    const refused: string[] = [];
    const changes = new Changes(
      extension,
      () => undefined,
      (message) => refused.push(message),
    );
    extension.answers = [{ outcome: 'stale' }, { outcome: 'done' }];
    assert.equal(await changes.commit(() => rename(`at ${extension.now.version}`)), true);
    assert.deepEqual(extension.edits, [[rename('at 1')], [rename('at 2')]]);
    extension.answers = [{ outcome: 'refused', message: 'taken' }];
    assert.equal(await changes.commitNow(rename('x')), false);
    assert.deepEqual(refused, ['taken']);
    extension.edit = () => Promise.reject(new Error('broken'));
    changes.preview(rename('y'));
    assert.equal(await changes.commit(() => rename('y')), false);
    assert.deepEqual(refused, ['taken', 'broken']);
    assert.equal(changes.previewed, undefined);
    const { length } = extension.edits;
    assert.equal(await changes.commit(() => undefined), false);
    assert.equal(extension.edits.length, length, 'nothing to do is no edit');
  });

  it('makes each of many edits that are asked for at once', async () => {
    let version = 1;
    let shown = 1;
    const made: string[] = [];
    const refused: string[] = [];
    const waiting: (() => void)[] = [];
    const changes = new Changes(
      {
        state: () => ({ version: shown, reverts: 0 }),
        preview: () => Promise.resolve(),
        edit: async ([edit]) => {
          const of = shown;
          await new Promise((resolve) => setImmediate(resolve));
          if (of !== version) return { outcome: 'stale' };
          made.push(edit?.kind === 'rename' ? edit.name : '');
          shown = ++version;
          for (const resolve of waiting.splice(0)) resolve();
          return { outcome: 'done' };
        },
        nextState: () => new Promise((resolve) => waiting.push(resolve)),
      },
      () => undefined,
      (message) => refused.push(message),
    );
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const all = await Promise.all(names.map((name) => changes.commit(() => rename(name))));
    assert.deepEqual(all, [true, true, true, true, true, true]);
    assert.deepEqual(made, names);
    assert.deepEqual(refused, []);
  });

  it('goes on showing what is typed while the edit before is on its way', async () => {
    const extension = new Extension();
    const changes = new Changes(
      extension,
      () => undefined,
      () => undefined,
    );
    changes.preview(rename('a'));
    await extension.answerPreviews();
    const made = changes.commit(() => rename('a'));
    changes.preview(rename('b'));
    assert.equal(await made, true);
    await extension.answerPreviews();
    assert.deepEqual(changes.previewed, rename('b'));
    assert.deepEqual(extension.previews.at(-1), rename('b'));
    assert.equal(await changes.commit(() => rename('b')), true);
    assert.equal(changes.previewed, undefined);
  });

  it('throws away what was begun before the file was reverted', async () => {
    const extension = new Extension();
    const refused: string[] = [];
    const changes = new Changes(
      extension,
      () => undefined,
      (message) => refused.push(message),
    );
    const revert = (): void => {
      const { version, reverts } = extension.now;
      extension.now = { version: version + 1, reverts: reverts + 1 };
    };
    // Typed before, left after.
    changes.preview(rename('a'));
    revert();
    assert.equal(changes.previewed, undefined);
    assert.equal(await changes.commit(() => rename('a')), false);
    assert.deepEqual(extension.edits, []);
    // Left before, and too late for the text of then.
    extension.answers = [{ outcome: 'stale' }];
    const made = changes.commit(() => rename('b'));
    await Promise.resolve();
    revert();
    assert.equal(await made, false);
    assert.deepEqual(extension.edits, [[rename('b')]]);
    assert.equal(refused.length, 2);
    assert.equal(await changes.commit(() => rename('c')), true, 'what comes after is made');
  });

  it('replaces only the part of a text that is another', () => {
    assert.deepEqual(changedPart('a b c', 'a x c'), [{ offset: 2, length: 1, text: 'x' }]);
    assert.deepEqual(changedPart('aa', 'aaa'), [{ offset: 2, length: 0, text: 'a' }]);
    assert.deepEqual(changedPart('same', 'same'), []);
  });

  it('measures contrast as WCAG does, and mends it', () => {
    assert.equal(contrastOf([0, 0, 0], [255, 255, 255]), 21);
    assert.deepEqual(readColour('rgba(1, 2, 3, 0.5)'), [1, 2, 3]);
    assert.equal(readColour('red'), undefined);
    for (const background of ['#ffffff', '#1f1f1f', '#808080']) {
      const behind = readColour(background);
      assert.ok(behind);
      const mended = withContrast(behind, behind);
      assert.ok(contrastOf(mended, behind) >= leastContrast, `${hexOf(mended)} on ${background}`);
    }
  });
});
