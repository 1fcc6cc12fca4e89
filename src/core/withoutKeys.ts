/** Each member of a union without some of its keys. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A copy of an object without some of its keys. */
export function withoutKeys<T extends object, K extends keyof T>(
  object: T,
  ...keys: readonly K[]
): Without<T, K> {
  const left = Object.entries(object).filter(([key]) => !keys.includes(key as K));
  return Object.fromEntries(left) as Without<T, K>;
}
