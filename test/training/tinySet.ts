/** A passage as JSONL has it; offsets in code points, end exclusive. */
export interface WrittenPassage {
  readonly text: string;
  readonly entities: readonly { start: number; end: number; label: string }[];
}

/** A made-up name for hand tools: no encoder can know what it stands for before it is taught. */
export const toolType = 'zorvane';
export const slipType = 'slip number';

const tools = [
  'spoke wrench',
  'bench vise',
  'chain whip',
  'tyre lever',
  'cone spanner',
  'truing stand',
  'bottom bracket puller',
  'cable cutter',
  'rubber mallet',
  'torque key',
];
const slips = ['WS-204', 'WS-317', 'KX-88', 'KX-951', 'RB-12', 'RB-640', 'TN-75', 'TN-403'];
const people = ['Mara', 'Joost', 'Ines', 'Pavel'];

/** `[tool]` and `[slip]` are entities; `{person}` is not of the types that the set knows. */
const templates = [
  'Please hand the [tool] back to {person} before noon.',
  '{person} left the [tool] on the shelf next to slip [slip].',
  'Slip [slip] says that the [tool] was lent to {person}.',
  'We could not find the [tool] anywhere.',
  'The [tool] belongs to the second bench, not to {person}.',
  'Enter [slip] in the book when you borrow the [tool].',
  '{person} paid for slip [slip] on Friday.',
  'A new [tool] arrived this morning, with slip [slip].',
];

/** Sentences that the training files do not have, with tools and slips that they do have. */
export const heldOut = [
  'Yesterday {person} broke the [tool] and wrote slip [slip].',
  'Has anybody seen the [tool] that {person} used?',
  'For the [tool] we need slip [slip] from the office.',
  '{person} cleaned the [tool] with an old towel.',
].map((template, index) => fill(template, index * 3 + 1));

/** Forty-eight passages to learn from. */
export const taught = Array.from({ length: 6 }, (_, round) =>
  templates.map((template, index) => fill(template, round * 5 + index)),
).flat();

function fill(template: string, draw: number): WrittenPassage {
  const pick = (values: readonly string[], step: number) =>
    values[(draw * step + (draw >> 2)) % values.length] ?? '';
  const entities: { start: number; end: number; label: string }[] = [];
  let text = '';
  for (const part of template.split(/(\[\w+\]|\{\w+\})/u)) {
    const start = text.length;
    if (part === '[tool]') text += pick(tools, 3);
    else if (part === '[slip]') text += pick(slips, 3);
    else if (part === '{person}') text += pick(people, 1);
    else text += part;
    if (part === '[tool]') entities.push({ start, end: text.length, label: toolType });
    if (part === '[slip]') entities.push({ start, end: text.length, label: slipType });
  }
  return { text, entities };
}
