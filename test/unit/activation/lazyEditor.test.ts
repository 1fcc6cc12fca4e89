import assert from 'node:assert/strict';
import { LazyEditor } from '../../../src/activation/lazyEditor';
import type { Editor } from '../../../src/editor';

/** A lazy editor, and what happened to it in order. */
function lazyEditor(failures: { read?: Error; create?: Error } = {}) {
  const events: string[] = [];
  const editor = { close: () => Promise.resolve(void events.push('closed')) } as unknown as Editor;
  const lazy = new LazyEditor(
    () => {
      events.push('read');
      if (failures.read !== undefined) return Promise.reject(failures.read);
      return Promise.resolve(() => {
        events.push('created');
        if (failures.create !== undefined) throw failures.create;
        return editor;
      });
    },
    () => {
      events.push('stand-ins');
      return [
        { remove: () => Promise.resolve(void events.push('views removed')) },
        { remove: () => void events.push('commands removed') },
      ];
    },
  );
  return { lazy, events, editor };
}

describe('LazyEditor', () => {
  it('is loaded once, in the places that its stand-ins left, one after the other', async () => {
    const { lazy, events, editor } = lazyEditor();
    assert.deepEqual(events, ['stand-ins']);
    assert.equal(lazy.isLoaded, false);
    assert.deepEqual(await Promise.all([lazy.load(), lazy.load()]), [editor, editor]);
    assert.equal(lazy.isLoaded, true);
    assert.deepEqual(events, ['stand-ins', 'read', 'views removed', 'commands removed', 'created']);
    await lazy.close();
    assert.equal(events.at(-1), 'closed');
  });

  it('keeps its stand-ins when the rest cannot be read, and tries again', async () => {
    const failures: { read?: Error } = { read: new Error('missing') };
    const { lazy, events, editor } = lazyEditor(failures);
    await assert.rejects(lazy.load(), /missing/u);
    assert.deepEqual(events, ['stand-ins', 'read']);
    assert.equal(lazy.isLoaded, false);
    delete failures.read;
    assert.equal(await lazy.load(), editor);
  });

  it('puts its stand-ins back when the editor cannot be built', async () => {
    const failures: { create?: Error } = { create: new Error('broken') };
    const { lazy, events, editor } = lazyEditor(failures);
    await assert.rejects(lazy.load(), /broken/u);
    assert.deepEqual(events.slice(-2), ['created', 'stand-ins']);
    delete failures.create;
    assert.equal(await lazy.load(), editor);
  });

  it('has nothing to close, and leaves no stand-in, when it was never used', async () => {
    const { lazy, events } = lazyEditor();
    await lazy.close();
    lazy.dispose();
    await Promise.resolve();
    assert.deepEqual(events, ['stand-ins', 'views removed', 'commands removed']);
  });
});
