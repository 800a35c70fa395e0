import { makeHeap } from "./heap.ts";

/** One unit of `offer` may serve one of `need`, and is then worth `weight`: a whole number above 0. Both count from 0. */
export type Edge = { need: number; offer: number; weight: number };
/** So much of an edge's offer goes to its need. */
export type Flow = { edge: number; quantity: number };
export type Assignment = { flows: Flow[]; weight: number };

/**
 * Who serves what: of all ways to give what is offered to what is needed, nobody giving or getting more than they have or
 * need, one of the greatest total weight. Exact. Needs may stay unmet and offers unused. PURE.
 *
 * This is the transportation problem on a sparse graph, solved by successive shortest augmenting paths with potentials
 * (Jonker and Volgenant, Computing 38, 1987, for the assignment problem; Ahuja, Magnanti and Orlin, Network Flows, 1993,
 * §9.7, for flows). Needs are taken up one after the other. For each, the cheapest way to place its units is looked for:
 * straight to an offer that has some left, or by moving others to their next best, or by leaving a unit of it or of
 * another need unmet. As many units as a way bears are moved at once, and one search is used for as many ways as it stays
 * true for. All numbers stay whole, so the result is exact.
 *
 * @param needs,offers quantities: whole numbers of at least 0.
 * @returns the edges that carry something, and their weight together.
 */
export function assign(given: {
  needs: readonly number[];
  offers: readonly number[];
  edges: readonly Edge[];
}): Assignment {
  const graph = makeGraph(given);
  const state = makeState(graph, given.offers);
  for (let need = 0; need < given.needs.length; need++) {
    let units = given.needs[need]!;
    state.needPrice[need] = bestPrice(graph, state, need);
    while (units > 0) units = place(graph, state, need, units);
  }
  return read(graph, state);
}

/** The edges by need: those of need `n` are `start[n]` up to `start[n + 1]`. */
type Graph = {
  needs: number;
  offers: number;
  start: Int32Array;
  needOf: Int32Array;
  offerOf: Int32Array;
  weight: Float64Array;
  /** Where an edge stood in what was given. */
  given: Int32Array;
};

function makeGraph({ needs, offers, edges }: Parameters<typeof assign>[0]): Graph {
  const start = new Int32Array(needs.length + 1);
  for (const { need } of edges) start[need + 1]! += 1;
  for (let need = 0; need < needs.length; need++) start[need + 1]! += start[need]!;
  const graph: Graph = {
    needs: needs.length,
    offers: offers.length,
    start,
    needOf: new Int32Array(edges.length),
    offerOf: new Int32Array(edges.length),
    weight: new Float64Array(edges.length),
    given: new Int32Array(edges.length),
  };
  const next = start.slice();
  edges.forEach(({ need, offer, weight }, at) => {
    const place = next[need]!++;
    graph.needOf[place] = need;
    graph.offerOf[place] = offer;
    graph.weight[place] = weight;
    graph.given[place] = at;
  });
  return graph;
}

/**
 * Prices are the potentials: an edge costs `-weight - needPrice - offerPrice`, which is never below 0, and 0 where it
 * carries something. An offer that has some left costs nothing; leaving a unit of a need unmet costs `-needPrice`.
 */
type State = {
  flow: Float64Array;
  left: Float64Array;
  needPrice: Float64Array;
  offerPrice: Float64Array;
  /** Of each offer, the edges that carry some of it. */
  carries: number[][];
  /** Of the search that is going on: `turn` tells its marks from older ones. */
  turn: number;
  distance: Float64Array;
  reachedBy: Int32Array;
  seen: Int32Array;
  done: Int32Array;
  needSeen: Int32Array;
  needDistance: Float64Array;
  needReachedBy: Int32Array;
  heap: ReturnType<typeof makeHeap>;
};

const makeState = ({ needs, offers, weight }: Graph, quantities: readonly number[]): State => ({
  flow: new Float64Array(weight.length),
  left: Float64Array.from(quantities),
  needPrice: new Float64Array(needs),
  offerPrice: new Float64Array(offers),
  carries: Array.from({ length: offers }, () => []),
  turn: 0,
  distance: new Float64Array(offers),
  reachedBy: new Int32Array(offers),
  seen: new Int32Array(offers),
  done: new Int32Array(offers),
  needSeen: new Int32Array(needs),
  needDistance: new Float64Array(needs),
  needReachedBy: new Int32Array(needs),
  heap: makeHeap(),
});

/** The highest price at which no edge of a need costs less than nothing. */
function bestPrice({ start, weight, offerOf }: Graph, { offerPrice }: State, need: number): number {
  let price = 0;
  for (let edge = start[need]!; edge < start[need + 1]!; edge++)
    price = Math.min(price, -weight[edge]! - offerPrice[offerOf[edge]!]!);
  return price;
}

/** Where a way ends: at an offer that has some left, or at a need of which a unit is left unmet. */
type End = { offer: number } | { unmet: number };
const NOTHING = -1;

/**
 * Places units of a need along the cheapest ways there are (Dijkstra), until all are placed or a way takes the last of
 * what it moves elsewhere: then what was found out no longer holds. Afterwards prices make every way that was used cost 0.
 *
 * @returns how many units are still to be placed.
 */
function place(graph: Graph, state: State, from: number, units: number): number {
  state.turn += 1;
  state.heap.clear();
  const reached: number[] = [from];
  const passed: number[] = [];
  let unmet = { need: from, cost: Infinity };
  const visit = (need: number, distance: number, by: number) => {
    state.needSeen[need] = state.turn;
    state.needDistance[need] = distance;
    state.needReachedBy[need] = by;
    const cost = distance - state.needPrice[need]!;
    if (cost < unmet.cost) unmet = { need, cost };
    reach(graph, state, need, unmet.cost);
  };
  visit(from, 0, NOTHING);
  for (;;) {
    const offer = state.heap.pop();
    const distance = offer === NOTHING ? Infinity : state.distance[offer]!;
    if (distance >= unmet.cost) {
      const { moved } = augment(graph, state, { need: from, end: { unmet: unmet.need }, units });
      settlePrices(state, { reached, passed, cost: unmet.cost });
      return units - moved;
    }
    if (state.done[offer] === state.turn) continue;
    state.done[offer] = state.turn;
    if (state.left[offer]! > 0) {
      const { moved, isCut } = augment(graph, state, { need: from, end: { offer }, units });
      units -= moved;
      if (units === 0 || isCut) {
        settlePrices(state, { reached, passed, cost: distance });
        return units;
      }
    }
    passed.push(offer);
    for (const edge of state.carries[offer]!) {
      const need = graph.needOf[edge]!;
      if (state.needSeen[need] === state.turn) continue;
      reached.push(need);
      visit(need, distance, edge);
    }
  }
}

/** Notes the offers that a need reaches more cheaply than was known. */
function reach({ start, weight, offerOf }: Graph, state: State, need: number, limit: number): void {
  const { turn, distance, seen, done, offerPrice, reachedBy, heap } = state;
  const base = state.needDistance[need]! - state.needPrice[need]!;
  for (let edge = start[need]!; edge < start[need + 1]!; edge++) {
    const offer = offerOf[edge]!;
    if (done[offer] === turn) continue;
    const cost = base - weight[edge]! - offerPrice[offer]!;
    if (cost >= limit || (seen[offer] === turn && cost >= distance[offer]!)) continue;
    seen[offer] = turn;
    distance[offer] = cost;
    reachedBy[offer] = edge;
    heap.push(offer, cost);
  }
}

function settlePrices(state: State, { reached, passed, cost }: { reached: number[]; passed: number[]; cost: number }) {
  for (const need of reached) state.needPrice[need]! += cost - state.needDistance[need]!;
  for (const offer of passed) state.offerPrice[offer]! -= cost - state.distance[offer]!;
}

/** Moves as many units along the way that was found as it bears. `isCut`: it took the last of something it moved. */
function augment(graph: Graph, state: State, { need, end, units }: { need: number; end: End; units: number }) {
  const forward: number[] = [];
  const back: number[] = [];
  let at = "unmet" in end ? end.unmet : stepBack(graph, state, end.offer, forward);
  while (at !== need) {
    const edge = state.needReachedBy[at]!;
    back.push(edge);
    at = stepBack(graph, state, graph.offerOf[edge]!, forward);
  }
  let moved = "offer" in end ? Math.min(units, state.left[end.offer]!) : units;
  for (const edge of back) moved = Math.min(moved, state.flow[edge]!);
  for (const edge of forward) carry(graph, state, edge, moved);
  for (const edge of back) carry(graph, state, edge, -moved);
  if ("offer" in end) state.left[end.offer]! -= moved;
  return { moved, isCut: back.some((edge) => state.flow[edge] === 0) };
}

function stepBack({ needOf }: Graph, { reachedBy }: State, offer: number, forward: number[]): number {
  const edge = reachedBy[offer]!;
  forward.push(edge);
  return needOf[edge]!;
}

function carry({ offerOf }: Graph, { flow, carries }: State, edge: number, more: number): void {
  const list = carries[offerOf[edge]!]!;
  if (flow[edge] === 0) list.push(edge);
  flow[edge]! += more;
  if (flow[edge] === 0) list.splice(list.indexOf(edge), 1);
}

function read({ weight, given }: Graph, { flow }: State): Assignment {
  const flows: Flow[] = [];
  let sum = 0;
  for (let edge = 0; edge < flow.length; edge++) {
    const quantity = flow[edge]!;
    if (quantity === 0) continue;
    flows.push({ edge: given[edge]!, quantity });
    sum += weight[edge]! * quantity;
  }
  return { flows, weight: sum };
}
