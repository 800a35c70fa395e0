/**
 * The cheapest of many first: a binary heap of whole numbers by cost, that is used again and again without making
 * anything new. The same number may be in it several times; whoever takes it out knows whether it still counts.
 */
export function makeHeap() {
  let size = 0;
  let items = new Int32Array(1024);
  let costs = new Float64Array(1024);

  function grow(): void {
    const [wider, dearer] = [new Int32Array(size * 2), new Float64Array(size * 2)];
    wider.set(items);
    dearer.set(costs);
    items = wider;
    costs = dearer;
  }

  return {
    clear(): void {
      size = 0;
    },
    push(item: number, cost: number): void {
      if (size === items.length) grow();
      let at = size++;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (costs[parent]! <= cost) break;
        items[at] = items[parent]!;
        costs[at] = costs[parent]!;
        at = parent;
      }
      items[at] = item;
      costs[at] = cost;
    },
    /** Takes out the cheapest; -1 when nothing is left. */
    pop(): number {
      if (size === 0) return -1;
      const first = items[0]!;
      const item = items[--size]!;
      const cost = costs[size]!;
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= size) break;
        if (child + 1 < size && costs[child + 1]! < costs[child]!) child++;
        if (costs[child]! >= cost) break;
        items[at] = items[child]!;
        costs[at] = costs[child]!;
        at = child;
      }
      items[at] = item;
      costs[at] = cost;
      return first;
    },
  };
}
