import { errorFields, type Log } from "#app/core/log.server.ts";
import type { Seal } from "#app/core/seal.server.ts";
import { WORK_CHANNEL } from "#app/events/wake-worker.server.ts";
import type { Db } from "#db/client.server.ts";
import { newestChange, readChanges, type Change } from "./changes.server.ts";
import { HERE_CHANNEL, parseHere } from "./here.ts";
import { makeNames } from "./names.server.ts";
import { History, LATE_MS, OVERLAP } from "./history.ts";

/** Whoever watches. `write` gives false when they do not keep up; then they are let go, and catch up when they are back. */
export type Watcher = {
  groups: readonly string[] | "all";
  /** Who it is: nobody is told of themselves. */
  personId?: string;
  write(text: string): boolean;
  close(): void;
};
export type Hub = ReturnType<typeof makeHub>;

/** Verbs that commit without a word (the clock's) are found by looking; everybody else's come with a notification. */
const LOOK_EVERY_MS = 1_000;
const BEAT_EVERY_MS = 15_000;

/**
 * Tells everybody who watches what has changed. One LISTEN for the whole process, on the channel that wakes the worker (it is
 * notified after the commits of every page, text and API call), and one reading of `events` however many watch. Nothing
 * is asked of the database while nobody does.
 */
export function makeHub({ db, log, seal }: { db: Db; log: Log; seal: Seal }) {
  const nameOf = makeNames({ db, seal });
  const watchers = new Set<Watcher>();
  let history: Promise<History> | null = null;
  let timers: NodeJS.Timeout[] = [];
  let listening = false;
  let reading = false;
  let again = false;

  const look = async (): Promise<void> => {
    again = true;
    if (reading || !history) return;
    reading = true;
    try {
      while (again) {
        again = false;
        const known = await history;
        const { changes, more } = await readChanges(db, known.readFrom(Date.now()));
        tell(watchers, known.add(changes, Date.now()));
        restIfAlone();
        if (more) again = true;
      }
    } catch (error) {
      log.warn("live changes not read", errorFields(error));
    } finally {
      reading = false;
    }
  };
  const listen = () => {
    if (listening) return;
    listening = true;
    const heard = () => void (watchers.size > 0 && look());
    db.sql.listen(WORK_CHANNEL, heard, heard).catch(() => (listening = false));
    db.sql.listen(HERE_CHANNEL, (text) => void tellHere(watchers, text, nameOf)).catch(() => (listening = false));
  };
  const begin = (after: number | null) => {
    const begun = beginHistory(db, after);
    history = begun;
    begun.catch(() => history === begun && rest());
    timers = [
      setInterval(() => (listen(), void look()), LOOK_EVERY_MS),
      setInterval(() => (all(watchers, "event: beat\ndata:\n\n"), restIfAlone()), BEAT_EVERY_MS),
    ];
    listen();
  };
  const rest = () => {
    timers.forEach(clearInterval);
    timers = [];
    history = null;
  };
  const restIfAlone = () => void (watchers.size === 0 && rest());

  return {
    get size() {
      return watchers.size;
    },
    watchers: () => [...watchers],
    /** @param after the last change they know of; null when they have just read everything. @throws when the database is away. */
    async add(watcher: Watcher, after: number | null): Promise<void> {
      if (!history) begin(after);
      const known = await history!;
      // Whoever watched until now may have gone meanwhile, and everything rested.
      if (!history) begin(after);
      const missed = after === null ? [] : known.since(after);
      watchers.add(watcher);
      watcher.write(missed ? (say(mine(watcher, missed)) ?? ": hello\n\n") : "event: reload\ndata:\n\n");
      void look();
    },
    remove(watcher: Watcher): void {
      if (watchers.delete(watcher)) restIfAlone();
    },
    close(): void {
      for (const watcher of watchers) watcher.close();
      watchers.clear();
      rest();
    },
  };
}

/**
 * Begins a little before what the first watcher knows of: an event of a lower id may be committed only now. What is there already is
 * known to them, but for what has just happened: it may have been committed after their page was read.
 */
async function beginHistory(db: Db, after: number | null): Promise<History> {
  const newest = await newestChange(db);
  const from = after === null ? newest : Math.min(newest, Math.max(after, newest - 1_000));
  const history = new History(Math.max(0, from - OVERLAP), from);
  const { changes } = await readChanges(db, Math.max(0, from - OVERLAP));
  const now = Date.now();
  const before = changes.filter(({ id }) => id <= from);
  history.add(before, now, ({ at }) => at.getTime() > now - LATE_MS);
  return history;
}

const mine = ({ groups }: Watcher, changes: readonly Change[]) =>
  groups === "all" ? changes : changes.filter(({ groupId }) => groups.includes(groupId));

/** Codes and kinds. The last id is where a browser that loses us goes on from. */
function say(changes: readonly Change[]): string | null {
  const last = changes.at(-1);
  if (!last) return null;
  const newest = changes.reduce((most, { id }) => Math.max(most, id), 0);
  return `id: ${newest}\ndata: ${JSON.stringify(changes.map(({ code, type }) => [code, type]))}\n\n`;
}

/** Those who run the same groups are told the same, so it is written out once. */
function tell(watchers: Set<Watcher>, changes: readonly Change[]): void {
  if (changes.length === 0) return;
  const written = new Map<string, string | null>();
  for (const watcher of watchers) {
    const key = watcher.groups === "all" ? "all" : watcher.groups.join();
    if (!written.has(key)) written.set(key, say(mine(watcher, changes)));
    const text = written.get(key);
    if (text && !watcher.write(text)) letGo(watchers, watcher);
  }
}

/** Those who run the group, and are not the one who is there, hear who is on which post. */
async function tellHere(watchers: Set<Watcher>, text: string, nameOf: (id: string) => Promise<string | null>) {
  const here = parseHere(text);
  if (!here) return;
  const theirs = ({ groups, personId }: Watcher) =>
    personId !== here.personId && (groups === "all" || groups.includes(here.groupId));
  if (![...watchers].some(theirs)) return;
  const name = await nameOf(here.personId);
  const said = `event: here\ndata: ${JSON.stringify([here.code, name])}\n\n`;
  for (const watcher of [...watchers].filter(theirs)) if (!watcher.write(said)) letGo(watchers, watcher);
}

function all(watchers: Set<Watcher>, text: string): void {
  for (const watcher of watchers) if (!watcher.write(text)) letGo(watchers, watcher);
}

function letGo(watchers: Set<Watcher>, watcher: Watcher): void {
  watchers.delete(watcher);
  watcher.close();
}
