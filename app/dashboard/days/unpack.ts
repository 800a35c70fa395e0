/** What `need_days` packs: four bytes a number, the highest first. PURE. */
export function unpack(packed: Buffer | null): Int32Array {
  const numbers = new Int32Array((packed?.length ?? 0) / 4);
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = packed!.readInt32BE(at * 4);
  return numbers;
}

/** All numbers of several packings in one. PURE. */
export function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Whole seconds that what began so many milliseconds after midnight has gone on for. PURE. */
export const goingOn = (since: Int32Array, midnight: number, now: Date): Int32Array =>
  since.map((offset) => Math.max(0, Math.floor((now.getTime() - midnight - offset) / 1000)));

/** Durations of many days, for `medianAndP90`: what happened, and what was watched without (`over` ended, `still` goes on). PURE. */
export function durationsOf<R extends { midnight: number }>(
  days: readonly R[],
  now: Date,
  { happened, over, still }: Record<"happened" | "over" | "still", (day: R) => Buffer | null>,
) {
  return {
    happened: joined(days.map((day) => unpack(happened(day)))),
    waiting: joined(days.flatMap((day) => [unpack(over(day)), goingOn(unpack(still(day)), day.midnight, now)])),
  };
}
