/** What a class of a token classification model says: a type, and whether an entity begins here. */
export interface Tag {
  /** The type's name; undefined where there is no entity. */
  readonly type: string | undefined;
  readonly begins: boolean;
}

const OUTSIDE = 'O';
const PREFIXED = /^([BIESLU])-(.+)$/u;

/**
 * The tags of a model's classes. Where every class but `O` has a prefix, B-, S- and U- begin an entity,
 * I-, E- and L- go on with it (BIO, BIOES, BILOU); where one has none, the classes are types (IO), and
 * neighbours of one type are one entity.
 */
export function readTags(classes: readonly string[]): Tag[] {
  const inside = classes.filter((name) => name !== OUTSIDE);
  const arePrefixed = inside.every((name) => PREFIXED.test(name));
  return classes.map((name) => {
    if (name === OUTSIDE) return { type: undefined, begins: false };
    const [, prefix = '', type = name] = arePrefixed ? (PREFIXED.exec(name) ?? []) : [];
    return { type, begins: 'BSU'.includes(prefix) && prefix !== '' };
  });
}

/** The types of tags, each once, in their order. */
export function typesOfTags(tags: readonly Tag[]): string[] {
  return [...new Set(tags.flatMap(({ type }) => (type === undefined ? [] : [type])))];
}
