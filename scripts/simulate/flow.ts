/** A network in which hands flow from needs through people's parts to slots with room: augmented one hand at a time. */
export function makeFlow() {
  const first: number[] = [];
  const to: number[] = [];
  const room: number[] = [];
  const following: number[] = [];
  const seen: number[] = [];
  let turn = 0;

  const node = () => {
    seen.push(0);
    return first.push(-1) - 1;
  };
  const half = (from: number, where: number, much: number) => {
    following.push(first[from]!);
    room.push(much);
    first[from] = to.push(where) - 1;
  };
  const edge = (from: number, where: number, much: number) => {
    half(from, where, much);
    half(where, from, 0);
  };
  const sink = node();

  return {
    /** Somebody's time, for so many hands. */
    slot(hands: number): number {
      const slot = node();
      edge(slot, sink, hands);
      return slot;
    },
    need: node,
    /** One person can lend one hand to a need, in one of these slots. */
    part(need: number, slots: readonly number[]): void {
      if (slots.length === 1) return edge(need, slots[0]!, 1);
      const part = node();
      edge(need, part, 1);
      for (const slot of slots) edge(part, slot, 1);
    },
    /** Gives the need one hand more, others keeping as many as they have. False: it cannot be done. */
    augment(need: number): boolean {
      turn++;
      seen[need] = turn;
      const path: number[] = [];
      const untried = new Map<number, number>([[need, first[need]!]]);
      for (let at = need; ;) {
        let way = untried.get(at)!;
        while (way !== -1 && (room[way] === 0 || seen[to[way]!] === turn)) way = following[way]!;
        if (way === -1) {
          const back = path.pop();
          if (back === undefined) return false;
          at = to[back ^ 1]!;
          continue;
        }
        untried.set(at, following[way]!);
        path.push(way);
        at = to[way]!;
        if (at === sink) break;
        seen[at] = turn;
        untried.set(at, first[at]!);
      }
      for (const way of path) {
        room[way]!--;
        room[way ^ 1]!++;
      }
      return true;
    },
  };
}
