import type { Rectangle } from "./cells.ts";
import { SIDE } from "./projection.ts";

type Named = { name: string; x: number; y: number };

const TALL = 20;
/** Of the widest: a phone writes 17 px letters where a laptop writes 15 (`map.css`). */
const LETTER = 11.5;
const GAP = 6;
const MOST_LETTERS = 18;
const MOST_LABELS = 14;

/**
 * Names of places at the foot of their squares, else at the head or under it, as many as fit without covering each other; the
 * others are in the list.
 *
 * @param squares what is drawn; a name elsewhere is written where its place lies.
 */
export function placeLabels(names: readonly Named[], squares: readonly Rectangle[]): Named[] {
  const taken: Rectangle[] = [];
  const placed: Named[] = [];
  const named = new Set<Rectangle>();
  for (const one of names) {
    const square = squares.find(
      ({ x, y, width, height }) => one.x >= x && one.x < x + width && one.y >= y && one.y < y + height,
    );
    if (square && named.has(square)) continue;
    const name = one.name.length > MOST_LETTERS ? `${one.name.slice(0, MOST_LETTERS - 1)}…` : one.name;
    const numbers = squares.filter((other) => other !== square).map(numberIn);
    const free = spotsOf(name, one, square).find(
      ({ box }) => ![...taken, ...numbers].some((other) => overlap(other, box)),
    );
    if (!free) continue;
    taken.push(free.box);
    if (square) named.add(square);
    placed.push({ name, x: free.x, y: free.y });
    if (placed.length === MOST_LABELS) break;
  }
  return placed;
}

/** Where a square's own numbers stand (`map-picture.tsx`). */
const numberIn = ({ x, y, width, height }: Rectangle): Rectangle => ({ x, y: y + height / 2 - 26, width, height: 30 });

/** Where a name may stand, the best first; `box` is the room it takes. */
function spotsOf(name: string, at: { x: number; y: number }, square: Rectangle | undefined) {
  const half = (name.length * LETTER) / 2;
  const middle = square ? square.x + square.width / 2 : at.x;
  const x = Math.round(Math.min(SIDE - half, Math.max(half, middle)));
  const foots = square ? [square.y + square.height - 6, square.y - 4, square.y + square.height + TALL] : [at.y];
  return foots.map((foot) => {
    const y = Math.round(Math.min(SIDE - 6, Math.max(TALL, foot)));
    return { x, y, box: { x: x - half - GAP / 2, y: y - TALL, width: half * 2 + GAP, height: TALL } };
  });
}

const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
