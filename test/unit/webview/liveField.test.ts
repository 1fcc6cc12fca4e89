import assert from 'node:assert/strict';
import { LiveField, type TextControl } from '../../../webview/labels/details/liveField';

/** A text field that has the focus, as far as a live field needs one. */
class Control extends EventTarget {
  value = '';

  matches(): boolean {
    return true;
  }

  type(value: string): void {
    this.value = value;
    this.dispatchEvent(new Event('input'));
  }
}

describe('a field that is shown live', () => {
  const committed: string[] = [];
  let made: (() => void)[];
  let control: Control;
  let field: LiveField;

  beforeEach(() => {
    committed.length = 0;
    made = [];
    control = new Control();
    field = new LiveField(control as unknown as TextControl, false, {
      onInput: () => undefined,
      onCommit: (value) => {
        committed.push(value);
        return new Promise<void>((resolve) => made.push(resolve));
      },
      onCancel: () => undefined,
      onLeave: () => undefined,
    });
    field.show('city');
  });

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('keeps what is typed while the edit before is on its way', async () => {
    control.type('town');
    field.commit();
    // News of counts come with the state of before.
    field.show('city');
    assert.equal(control.value, 'town');
    control.type('village');
    field.show('city');
    field.show('town');
    made[0]?.();
    await turn();
    assert.equal(control.value, 'village');
    field.commit();
    assert.deepEqual(committed, ['town', 'village']);
  });

  it('goes back to what the file says where the edit was not made', async () => {
    control.type('town');
    field.commit();
    field.show('city');
    made[0]?.();
    await turn();
    assert.equal(control.value, 'city');
    field.commit();
    assert.deepEqual(committed, ['town']);
  });

  it('shows another type at once', async () => {
    control.type('town');
    field.leave();
    field.show('ship');
    assert.equal(control.value, 'ship');
    made[0]?.();
    await turn();
    assert.equal(control.value, 'ship');
    assert.deepEqual(committed, ['town']);
  });
});
