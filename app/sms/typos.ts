/**
 * How many letters must be added, dropped, changed or swapped with their neighbour to make one word of the other
 * (Damerau-Levenshtein, optimal string alignment). More than `most` is given as `most + 1`.
 */
export function typosBetween(a: string, b: string, most = 1): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length]!, most + 1);
}

/** Two neighbours swapped (`clami`) or a letter doubled (`sstop`): slips of the thumb that hardly ever make a word. */
export function isSlip(typed: string, meant: string): boolean {
  if (typed.length === meant.length) {
    return typosBetween(typed, meant) === 1 && [...typed].sort().join("") === [...meant].sort().join("");
  }
  return (
    typed.length === meant.length + 1 &&
    [...typed].some((letter, i) => letter === typed[i + 1] && typed.slice(0, i) + typed.slice(i + 1) === meant)
  );
}
