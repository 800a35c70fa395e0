/** Numbers that look random and are the same for the same seed, in any order they are asked for. */
export type Draw = (stream: number, one: number, other?: number) => number;

/** A number from 0 up to 1 for each (stream, one, other) of a seed: two policies that ask the same question get the same answer. */
export const drawsOf =
  (seed: number): Draw =>
  (stream, one, other = 0) => {
    let hash = mixed(Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b));
    hash = mixed(hash ^ Math.imul(one + 1, 0xc2b2ae35));
    hash = mixed(hash ^ Math.imul(other + 1, 0x27d4eb2f));
    return hash / 0x100000000;
  };

function mixed(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One number after the other (mulberry32), to make a world with. */
export function rolls(seed: number) {
  let state = mixed(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mix = Math.imul(state ^ (state >>> 15), state | 1);
    mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61);
    return ((mix ^ (mix >>> 14)) >>> 0) / 0x100000000;
  };
  return {
    next,
    /** Around 0, usually within 1 (Box–Muller). */
    normal: () => bell(next(), next()),
    pick: <T>(choices: readonly (readonly [T, number])[]): T => pickOf(choices, next()),
  };
}
export type Rolls = ReturnType<typeof rolls>;

/** A normally distributed number of two even ones. */
export const bell = (one: number, other: number): number =>
  Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other);

/** One of several choices by their weights. */
function pickOf<T>(choices: readonly (readonly [T, number])[], roll: number): T {
  let left = roll * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return choices.at(-1)![0];
}
