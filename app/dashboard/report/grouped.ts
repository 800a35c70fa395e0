/** What has the same key together, in the order in which keys come first. */
export function grouped<T, K>(list: readonly T[], key: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) {
    const its = groups.get(key(one));
    if (its) its.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}
