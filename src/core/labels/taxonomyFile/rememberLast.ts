/**
 * A function of a text that remembers what it gave for the last one: the label editor, the Problems view
 * and the list in force read the same text, one after the other.
 */
export function rememberLast<Value>(read: (text: string) => Value): (text: string) => Value {
  let last: { readonly text: string; readonly value: Value } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: read(text) };
    return last.value;
  };
}
