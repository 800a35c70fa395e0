import { useCallback, useEffect, useState } from "react";
import { statesOf, STATE_SETS, type ListView, type PostRow } from "./post-list.ts";
import { unpackRows, type PackedRows } from "./packed-rows.ts";

/** What `/coordinate/posts/rows` answers. `holds` says which of the person's posts are all here. */
export type AllRows = { holds: "all" | "current" | "none"; now: number; packed: PackedRows };
export type Held = { holds: "all" | "current"; now: number; rows: PostRow[] };

/** Held outside React as well, because the router asks `answersHere` before it renders. */
let held: Held | null = null;

/** What was answered is not among what a row holds. */
const holdsAllOf = ({ holds }: Held, view: ListView): boolean =>
  view.answer === "" &&
  (holds === "all" || statesOf(view.state).every((state) => STATE_SETS.current.includes(state as never)));

/** Can this view be shown from the rows that are here, without asking the server? */
export const answersHere = (view: ListView): boolean => held !== null && holdsAllOf(held, view);

/** Loads the rows once, after the page stands. `all` is null until they are here, or where they do not hold this view. */
export function useAllRows(view: ListView) {
  const [here, setHere] = useState<Held | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    void loadAllRows(stop.signal).then((rows) => {
      if (stop.signal.aborted) return;
      held = rows;
      setHere(rows);
    });
    return () => {
      stop.abort();
      held = null;
    };
  }, []);
  const put = useCallback((rows: Held) => {
    held = rows;
    setHere(rows);
  }, []);
  return { all: here && holdsAllOf(here, view) ? here : null, held: here, put };
}

/** The page works without them, so a failure is not worth a word: the server goes on answering. */
export async function loadAllRows(signal?: AbortSignal): Promise<Held | null> {
  try {
    const response = await fetch("/coordinate/posts/rows", {
      signal: signal ?? null,
      headers: { Accept: "application/json" },
    });
    if (!response.ok) return null;
    const { holds, now, packed } = (await response.json()) as AllRows;
    return holds === "none" ? null : { holds, now, rows: unpackRows(packed) };
  } catch {
    return null;
  }
}
