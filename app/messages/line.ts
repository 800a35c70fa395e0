import type { Fate } from "./fate.ts";

/** What stands in one line of a thread; moments are a `Date` as read, words as shown. `words` is null once erased. */
export type LineOf<Moment> = { key: string } & (
  | { kind: "heard"; words: string | null; ofOthers: boolean; media: number; understood: string | null }
  | { kind: "said"; words: string | null; fate: Fate; goesAt: Moment | null; by: string | null }
  | { kind: "call"; seconds: number | null; transcript: string | null; handled: boolean; state: string }
  | {
      kind: "act";
      act: "handed_over" | "put_away" | "need_made" | "number_seen";
      by: string | null;
      code: string | null;
    }
);
