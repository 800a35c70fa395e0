import type { Db } from "#db/client.server.ts";

/** The channel the worker listens on. */
export const WORK_CHANNEL = "manyhands_work";

/** At most this often (20 a second): commits that carry a NOTIFY queue behind one lock of the whole database. */
const EVERY_MS = 50;
const waiting = new WeakMap<Db, { lastAt: number; planned: boolean }>();

/**
 * Tells the worker that something was committed. Call it after the statement, never inside it; many calls become one.
 * It may be lost without harm: the worker also looks every second.
 */
export function notifyWorker(db: Db): void {
  const state = waiting.get(db) ?? { lastAt: 0, planned: false };
  waiting.set(db, state);
  if (state.planned) return;
  state.planned = true;
  const delay = Math.max(0, state.lastAt + EVERY_MS - Date.now());
  setTimeout(() => {
    state.planned = false;
    state.lastAt = Date.now();
    db.sql.notify(WORK_CHANNEL, "").catch(() => undefined);
  }, delay).unref();
}
