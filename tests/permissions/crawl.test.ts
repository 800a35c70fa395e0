import { afterAll, beforeAll, expect, test } from "vitest";
import { seed } from "#db/seed.server.ts";
import { sessionOf } from "#tests/setup/ask-route.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";
import { startInstallation, type Installation } from "./installation.ts";

/** Everybody follows every link of the demo neighbourhood: nothing breaks, and nothing is changed by it. */

/** Of addresses that differ only in codes, ids and what they ask for, so many are followed: the rest are alike. */
const ALIKE = 4;
const MOST = 400;

let installation: Installation;
beforeAll(async () => {
  await seed(testCtx());
  installation = await startInstallation();
}, 120_000);
afterAll(() => installation?.stop());

test.each(["visitor", "volunteer", "coordinator", "admin"])(
  "as %s",
  async (role) => {
    const cookie = await cookieOf(role);
    const waiting = ["/", "/me", "/coordinate", ...(await links(role))];
    const known = new Set(waiting);
    const kinds = new Map<string, number>();
    const [broken, changed, recorded]: string[][] = [[], [], []];
    let asked = 0;
    for (let path = waiting.shift(); path !== undefined && asked < MOST; path = waiting.shift()) {
      const kind = kindOf(path);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (kinds.get(kind)! > ALIKE) continue;
      asked += 1;
      const { status, body, headers, written } = await installation.ask({ method: "GET", path, cookie });
      if (status >= 500) broken!.push(`${status} ${path}`);
      if (written.length > 0)
        (written.toSorted().join() === "audit_inbox,events" && isRecorded(path) ? recorded! : changed!).push(path);
      const found = [...body.matchAll(/href="(\/[^"#]*)/g)].map(([, href]) => href!.replaceAll("&amp;", "&"));
      const led = String(headers["location"] ?? "/").split("#")[0]!;
      const fresh = new Set([...found, led].filter((next) => next.startsWith("/") && !known.has(next)));
      for (const next of fresh) {
        waiting.push(next);
        known.add(next);
      }
    }
    console.info(`${role}: ${asked} addresses of ${kinds.size} kinds, ${recorded!.length} readings recorded`);
    expect({ broken, changed }).toEqual({ broken: [], changed: [] });
    expect(kinds.size).toBeGreaterThan(role === "visitor" ? 15 : 20);
    if (role === "volunteer") expect(recorded, "a promise shows an address, and that is written down").not.toEqual([]);
  },
  240_000,
);

/** Of the routes in `RECORDED_READINGS`. */
const isRecorded = (path: string) => /^\/(claims|coordinate\/messages\/reports)\//.test(path);

/** The same for `/p/4F2K?x=1` and `/p/9ABC?x=2`. */
const kindOf = (path: string): string => {
  const { pathname, searchParams } = new URL(path, "http://here");
  const place = pathname.replace(/[\w-]{30,}|\/[2-9A-Z]{4,6}(?=\/|$)/g, "/*");
  return `${place}?${[...new Set(searchParams.keys())].toSorted().join("&")}`;
};

async function cookieOf(role: string): Promise<string | null> {
  if (role === "visitor") return null;
  const { sql } = testDb();
  const [person] = await {
    volunteer: sql<{ id: string }[]>`select k.person_id as id from claims k join memberships m using (person_id)
      where k.status = 'promised' and m.vetted_at is not null order by k.id limit 1`,
    coordinator: sql<
      { id: string }[]
    >`select person_id as id from memberships where role = 'coordinator' order by 1 limit 1`,
    admin: sql<{ id: string }[]>`select id from people where is_admin limit 1`,
  }[role as "volunteer" | "coordinator" | "admin"];
  return `sid=${await sessionOf(testCtx(), person!.id)}`;
}

/** What no page of theirs leads to. */
async function links(role: string): Promise<string[]> {
  if (role === "visitor") return ["/needs/new", "/offers/new"];
  const { sql } = testDb();
  const rows = await sql<{ path: string }[]>`
    (select '/p/' || code as path from posts where status = 'closed' limit 2)
    union all (select '/claims/' || id from claims where ${role !== "volunteer"} order by id limit 3)`;
  return rows.map(({ path }) => path);
}
