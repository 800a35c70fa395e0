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
 * another need unmet. As many units as a way bears are moved at once. All numbers stay whole, so the result is exact.
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
  for (const need of largestFirst(given.needs)) {
    let units = given.needs[need]!;
    state.needPrice[need] = bestPrice(graph, state, need);
    while (units > 0) units -= place(graph, state, need, units);
  }
  return read(graph, state);
}

/** Any order leads to the same weight; large needs are placed with the fewest searches while there is still room. */
const largestFirst = (needs: readonly number[]): number[] =>
  [...needs.keys()].toSorted((a, b) => needs[b]! - needs[a]!);

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
  /** Needs that were reached, and offers that were passed on the way elsewhere. */
  reached: number[];
  passed: number[];
  /** Offers to look at next: those that are no farther than the search is, and the others by how far they are. */
  here: number[];
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
  reached: [],
  passed: [],
  here: [],
  heap: makeHeap(),
});

/** The highest price at which no edge of a need costs less than nothing. */
function bestPrice({ start, weight, offerOf }: Graph, { offerPrice }: State, need: number): number {
  let price = 0;
  for (let edge = start[need]!; edge < start[need + 1]!; edge++)
    price = Math.min(price, -weight[edge]! - offerPrice[offerOf[edge]!]!);
  return price;
}

const NOTHING = -1;

/** Where the cheapest way ends: at `offer`, which has some left, or where that is NOTHING, at `unmet`, a need that goes without. */
type Way = { cost: number; offer: number; unmet: number };

/** Places units of a need along the cheapest way there is. @returns how many: at least 1. */
function place(graph: Graph, state: State, from: number, units: number): number {
  const way = cheapestWay(graph, state, from);
  settlePrices(state, way.cost);
  return augment(graph, state, { from, way, units });
}

/** Dijkstra's search: from a need to all its offers, and from an offer that has nothing left to the needs that have it. */
function cheapestWay(graph: Graph, state: State, from: number): Way {
  const { heap, here, passed, done, distance, needSeen, carries } = state;
  const turn = ++state.turn;
  heap.clear();
  for (const list of [here, passed, state.reached]) list.length = 0;
  const way: Way = { cost: Infinity, offer: NOTHING, unmet: from };
  visit(graph, state, way, { need: from, far: 0, by: NOTHING });
  for (;;) {
    const offer = here.pop() ?? heap.pop();
    if (offer === NOTHING || distance[offer]! >= way.cost) return way;
    if (done[offer] === turn) continue;
    done[offer] = turn;
    passed.push(offer);
    const far = distance[offer]!;
    for (const by of carries[offer]!) {
      const need = graph.needOf[by]!;
      if (needSeen[need] !== turn) visit(graph, state, way, { need, far, by });
      if (way.cost === far) return way;
    }
  }
}

/** Comes to a need: a way may end with a unit of it unmet, or at one of its offers, or lead on from there. */
function visit(
  { start, offerOf, weight }: Graph,
  state: State,
  way: Way,
  { need, far, by }: { need: number; far: number; by: number },
): void {
  const { turn, seen, distance, reachedBy, offerPrice, left, here, heap } = state;
  state.needSeen[need] = turn;
  state.needDistance[need] = far;
  state.needReachedBy[need] = by;
  state.reached.push(need);
  const unmet = far - state.needPrice[need]!;
  if (unmet < way.cost) {
    way.cost = unmet;
    way.offer = NOTHING;
    way.unmet = need;
  }
  for (let edge = start[need]!; edge < start[need + 1]!; edge++) {
    const offer = offerOf[edge]!;
    const cost = unmet - weight[edge]! - offerPrice[offer]!;
    if (cost >= way.cost || (seen[offer] === turn && cost >= distance[offer]!)) continue;
    seen[offer] = turn;
    distance[offer] = cost;
    reachedBy[offer] = edge;
    if (left[offer]! > 0) {
      way.cost = cost;
      way.offer = offer;
    } else if (cost === far) here.push(offer);
    else heap.push(offer, cost);
  }
}

/** Prices that make every edge of the way that was found cost 0, and still none less. */
function settlePrices({ reached, passed, ...state }: State, cost: number): void {
  for (const need of reached) state.needPrice[need]! += cost - state.needDistance[need]!;
  for (const offer of passed) state.offerPrice[offer]! -= cost - state.distance[offer]!;
}

/** Moves as many units along a way as it bears. */
function augment(graph: Graph, state: State, { from, way, units }: { from: number; way: Way; units: number }): number {
  const { forward, back } = edgesOf(graph, state, from, way);
  let moved = way.offer === NOTHING ? units : Math.min(units, state.left[way.offer]!);
  for (const edge of back) moved = Math.min(moved, state.flow[edge]!);
  for (const edge of forward) carry(graph, state, edge, moved);
  for (const edge of back) carry(graph, state, edge, -moved);
  if (way.offer !== NOTHING) state.left[way.offer]! -= moved;
  return moved;
}

/** The edges of a way, from its end: those that will carry more, and those that will carry less. */
function edgesOf({ needOf, offerOf }: Graph, { reachedBy, needReachedBy }: State, from: number, way: Way) {
  const forward: number[] = [];
  const back: number[] = [];
  let offer = way.offer;
  let need = way.unmet;
  for (;;) {
    if (offer !== NOTHING) {
      const edge = reachedBy[offer]!;
      forward.push(edge);
      need = needOf[edge]!;
    }
    if (need === from) return { forward, back };
    const edge = needReachedBy[need]!;
    back.push(edge);
    offer = offerOf[edge]!;
  }
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
