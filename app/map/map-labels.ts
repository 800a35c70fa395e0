import type { Rectangle } from "./cells.ts";
import { SIDE } from "./projection.ts";

type Named = { name: string; x: number; y: number };

const TALL = 20;
const LETTER = 8.5;
const MOST_LETTERS = 18;
const MOST_LABELS = 14;

/**
 * Names of places at the foot of their squares, as many as fit without covering each other; the others are in the list.
 *
 * @param squares what is drawn; a name elsewhere is written where its place lies.
 */
export function placeLabels(names: readonly Named[], squares: readonly Rectangle[]): Named[] {
  const taken: Rectangle[] = [];
  const placed: Named[] = [];
  for (const one of names) {
    const square = squares.find(
      ({ x, y, width, height }) => one.x >= x && one.x < x + width && one.y >= y && one.y < y + height,
    );
    const name = one.name.length > MOST_LETTERS ? `${one.name.slice(0, MOST_LETTERS - 1)}…` : one.name;
    const half = (name.length * LETTER) / 2;
    const middle = square ? square.x + square.width / 2 : one.x;
    const x = Math.round(Math.min(SIDE - half, Math.max(half, middle)));
    const y = Math.round(Math.min(SIDE - 6, Math.max(TALL, square ? square.y + square.height - 6 : one.y)));
    const box = { x: x - half, y: y - TALL, width: half * 2, height: TALL };
    if (taken.some((other) => overlap(other, box))) continue;
    taken.push(box);
    placed.push({ name, x, y });
    if (placed.length === MOST_LABELS) break;
  }
  return placed;
}

const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
