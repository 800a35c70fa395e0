/** What happens next: a binary heap by time, first come first among equals. */
export function makeTimeline<T>() {
  const heap: { at: number; order: number; what: T }[] = [];
  let order = 0;
  const sooner = (one: number, other: number) => {
    const [a, b] = [heap[one]!, heap[other]!];
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  };
  const swap = (one: number, other: number) => ([heap[one], heap[other]] = [heap[other]!, heap[one]!]);
  return {
    next: () => heap[0]?.at ?? Infinity,
    add(at: number, what: T) {
      heap.push({ at, order: order++, what });
      for (let child = heap.length - 1; child > 0;) {
        const parent = (child - 1) >> 1;
        if (!sooner(child, parent)) break;
        swap(child, parent);
        child = parent;
      }
    },
    take(): { at: number; what: T } {
      const first = heap[0]!;
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
      for (let parent = 0; ;) {
        const [left, right] = [2 * parent + 1, 2 * parent + 2];
        let least = parent;
        if (left < heap.length && sooner(left, least)) least = left;
        if (right < heap.length && sooner(right, least)) least = right;
        if (least === parent) return first;
        swap(parent, least);
        parent = least;
      }
    },
  };
}
