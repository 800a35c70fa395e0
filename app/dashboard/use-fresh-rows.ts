import { useCallback, useEffect, useRef, useState } from "react";
import { unpackRows } from "./packed-rows.ts";
import type { PostRow } from "./post-list.ts";
import type { AllRows } from "./use-all-rows.ts";

/** Posts as they are now, where that differs from the list as it stands; null for one that is no longer of the reader's groups. */
export type FreshRows = ReadonlyMap<string, PostRow | null>;

const NONE: FreshRows = new Map();
const TOGETHER_MS = 150;
const MOST_CODES = 100;

/** Reads posts again that changed, a few at a time and never while a finger or the mouse is down. */
export function useFreshRows() {
  const [fresh, setFresh] = useState<FreshRows>(NONE);
  const waiting = useRef(new Set<string>());
  const timer = useRef(0);
  const held = useRef(false);

  const read = useCallback(async () => {
    while (waiting.current.size > 0 && !held.current) {
      const codes = [...waiting.current].slice(0, MOST_CODES);
      codes.forEach((code) => waiting.current.delete(code));
      const rows = await rowsOf(codes);
      if (!rows) return codes.forEach((code) => waiting.current.add(code));
      const found = new Map(rows.map((row) => [row.code, row]));
      setFresh((before) => new Map([...before, ...codes.map((code) => [code, found.get(code) ?? null] as const)]));
    }
  }, []);

  const changed = useCallback(
    (codes: readonly string[]) => {
      codes.forEach((code) => waiting.current.add(code));
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void read(), TOGETHER_MS);
    },
    [read],
  );

  useEffect(() => {
    let dragging = false;
    const hold = (event: Event) => {
      held.current = true;
      if (event.type === "dragstart") dragging = true;
    };
    // Dragging a link ends the pointer for the browser, not for the hand.
    const release = (event: Event) => {
      if (event.type === "dragend") dragging = false;
      if (dragging) return;
      held.current = false;
      changed([]);
    };
    for (const type of ["pointerdown", "dragstart"]) window.addEventListener(type, hold, true);
    for (const type of ["pointerup", "pointercancel", "dragend"]) window.addEventListener(type, release, true);
    return () => {
      for (const type of ["pointerdown", "dragstart"]) window.removeEventListener(type, hold, true);
      for (const type of ["pointerup", "pointercancel", "dragend"]) window.removeEventListener(type, release, true);
      window.clearTimeout(timer.current);
    };
  }, [changed]);

  return { fresh, changed, settle: useCallback(() => setFresh(NONE), []), setFresh };
}

async function rowsOf(codes: string[]): Promise<PostRow[] | null> {
  try {
    const query = new URLSearchParams(codes.map((code) => ["code", code]));
    const response = await fetch(`/coordinate/posts/rows?${query}`, { headers: { Accept: "application/json" } });
    return response.ok ? unpackRows(((await response.json()) as AllRows).packed) : null;
  } catch {
    return null;
  }
}

/** The list with everything that is new put into it. */
export function withFresh(rows: readonly PostRow[], fresh: FreshRows): PostRow[] {
  const known = new Set(rows.map((row) => row.code));
  const kept = rows.flatMap((row) => (fresh.has(row.code) ? (fresh.get(row.code) ?? []) : row));
  return [...kept, ...[...fresh.values()].flatMap((row) => (row && !known.has(row.code) ? row : []))];
}

/** What of the new is different between two readings of the list. */
export function differing(before: readonly PostRow[], now: readonly PostRow[]): FreshRows {
  const was = new Map(before.map((row) => [row.code, row]));
  const is = new Map(now.map((row) => [row.code, row]));
  const changed = now.filter((row) => JSON.stringify(was.get(row.code)) !== JSON.stringify(row));
  const gone = before.filter((row) => !is.has(row.code));
  return new Map([...changed.map((row) => [row.code, row] as const), ...gone.map((row) => [row.code, null] as const)]);
}
