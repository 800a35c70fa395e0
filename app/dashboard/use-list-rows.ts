import { useEffect, useMemo, useRef, useState } from "react";
import { useRevalidator } from "@remix-run/react";
import type { ListView, PostRow } from "./post-list.ts";
import { shows } from "./post-order.ts";
import { loadAllRows, useAllRows } from "./use-all-rows.ts";
import { differing, useFreshRows, withFresh, type FreshRows } from "./use-fresh-rows.ts";
import { useHere } from "./use-here.ts";
import { useLive } from "./use-live.ts";

/** `liveFrom`: the newest event when these rows were read. */
type Given = { view: ListView; pageRows: PostRow[]; now: number; liveFrom: number };

/**
 * The rows that the list stands on, and what has changed since. The list itself stays as it is, in its order, until the
 * reader asks for it anew or for another view: no row moves under anybody's hand. Cells show what is fresh.
 */
export function useListRows({ view, pageRows, now, liveFrom }: Given) {
  const { all, held, put } = useAllRows(view);
  const { fresh: read, changed, settle, setFresh } = useFreshRows();
  const [stale, setStale] = useState(false);
  const { revalidate } = useRevalidator();
  const rows = all?.rows ?? pageRows;
  const fresh = useMemo(() => reallyFresh(rows, read), [rows, read]);

  const missed = async () => {
    const again = held && (await loadAllRows());
    if (again && held) setFresh(differing(held.rows, again.rows));
    else setStale(true);
  };
  const { here, heard } = useHere();
  const live = useLive(liveFrom, { changed, missed: () => void missed(), here: heard });

  const show = () => {
    if (held) put({ ...held, now: Date.now(), rows: withFresh(held.rows, fresh) });
    settle();
    setStale(false);
    if (!all) revalidate();
  };
  useOnChange(view, () => (fresh.size > 0 && held ? show() : undefined));
  const at = all?.now ?? now;
  return { rows, all, fresh, live, stale, show, changed, here, now: at, ...countFresh(rows, fresh, view, at) };
}

/** Runs when the value is another than at the rendering before. */
function useOnChange(value: unknown, run: () => void): void {
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    run();
  });
}

/** Without what is as the list has it: what was told may have been known, or be of no column. */
export function reallyFresh(rows: readonly PostRow[], read: FreshRows): FreshRows {
  if (read.size === 0) return read;
  const was = new Map(rows.map((row) => [row.code, JSON.stringify(row)]));
  return new Map([...read].filter(([code, row]) => (row ? was.get(code) !== JSON.stringify(row) : was.has(code))));
}

/** `added`: posts that this view would show and does not yet. `moved`: those it shows that are different now. */
export function countFresh(rows: readonly PostRow[], fresh: FreshRows, view: ListView, now: number) {
  if (fresh.size === 0) return { added: 0, moved: 0 };
  const shown = new Set(rows.filter((row) => fresh.has(row.code) && shows(view, row, now)).map((row) => row.code));
  const added = [...fresh].filter(([code, row]) => row && !shown.has(code) && shows(view, row, now)).length;
  return { added, moved: shown.size };
}
