import { readFileSync } from "node:fs";
import type { Sql } from "postgres";
import type { Seal } from "#app/core/seal.server.ts";
import { apiTargets } from "#scripts/scan/api-targets.ts";
import { examplesOf } from "#scripts/scan/examples.ts";
import { keepWorld, signIn } from "#scripts/scan/keep.ts";
import { routesOf } from "#scripts/scan/routes.ts";
import { gatherTargets, type Target } from "#scripts/scan/targets.ts";
import { asker } from "#scripts/torture/ask.ts";
import { oneOf, seeded, whole } from "#scripts/torture/random.ts";
import { brokenHttp } from "./broken-http.ts";
import { bytesOf, send, type Reply } from "./send.ts";
import { naughtyStrings } from "./strings.ts";
import { twist } from "./twist.ts";

/** What is attacked: a whole installation with the demo neighbourhood in it. */
type Victim = { port: number; sql: Sql; seal: Seal; web: () => number | undefined };
type Plan = { requests: number; seed: number; roles: readonly Role[]; say: (line: string) => void };
export type Role = (typeof ROLES)[number];

export const ROLES = ["visitor", "volunteer", "coordinator", "admin"] as const;
export const SLOW_MS = 2_000;
const AT_ONCE = 4;
const BROKEN_SHARE = 0.08;
/** No whole request, so that nobody owes it an answer. */
const BROKEN_PATIENCE_MS = 400;

export type Fault = {
  what: "5xx" | "no answer" | "late";
  status: number;
  ms: number;
  how: string;
  as: Role;
  request: string;
};
export type Outcome = {
  thrown: number;
  /** Real requests that were made hostile, over all roles. */
  targets: number;
  statuses: Map<number, number>;
  faults: Fault[];
  slowest: number;
  /** The least that the web process held in the first and in the last third, in MB: garbage comes and goes, what is kept stays. */
  memory: { before: number; after: number };
  serves: boolean;
};

type Thrown = { as: Role; how: string; bytes: Buffer; isWhole: boolean };

/** Throws so many hostile requests at an installation, and says what it did about them. */
export async function attack(victim: Victim, { requests, seed, roles, say }: Plan): Promise<Outcome> {
  const { port, sql } = victim;
  const origin = `http://localhost:${port}`;
  const routes = await routesOf("build");
  const targets = await everythingToAsk(victim, roles, routes);
  say(`${targets.length} real requests of ${roles.join(", ")} to make hostile`);
  const stopKeeping = await keepWorld(sql);
  const random = seeded(seed);
  const dice = {
    random,
    naughty: naughtyStrings(seed),
    routes: ["root", "routes/no-such", ...routes.map(({ id }) => id)],
  };

  const next = (): Thrown => {
    const { as, target } = oneOf(random, targets)!;
    const { wish, how } = twist(target, origin, dice);
    const bytes = bytesOf(wish);
    if (random() >= BROKEN_SHARE) return { as, how, bytes, isWhole: true };
    return { as, ...brokenHttp(random, `localhost:${port}`, bytes), isWhole: false };
  };
  const warm = () => {
    const { as, target } = targets[whole(random, 0, targets.length - 1)]!;
    return {
      as,
      how: "as it is",
      bytes: bytesOf(twist(target, origin, { ...dice, random: () => 0 }).wish),
      isWhole: true,
    };
  };
  try {
    const statuses = new Map<number, number>();
    const outcome = { thrown: 0, targets: targets.length, statuses, faults: [], slowest: 0 };
    await throwAll(port, Math.max(200, requests / 10), warm, outcome);
    outcome.thrown = 0;
    outcome.statuses.clear();
    const held: number[] = [];
    await throwAll(port, requests, next, outcome, (done) => {
      if (done % 50 === 0) held.push(memoryOf(victim));
      if (done % 1_000 === 0) say(`${done} thrown, ${outcome.faults.length} faults, ${held.at(-1)} MB`);
    });
    const third = Math.ceil(held.length / 3);
    const serves = (await send(port, bytesOf({ ...HOME, headers: [["host", `localhost:${port}`]] }))).status === 200;
    return {
      ...outcome,
      memory: { before: Math.min(...held.slice(0, third)), after: Math.min(...held.slice(-third)) },
      serves,
    };
  } finally {
    await stopKeeping();
  }
}

const HOME = { method: "GET", path: "/", body: null };

async function everythingToAsk(
  { port, sql, seal }: Victim,
  roles: readonly Role[],
  routes: Awaited<ReturnType<typeof routesOf>>,
) {
  const examples = await examplesOf(sql, seal);
  const [admin] = await sql<{ id: string }[]>`
    update people set is_admin = true where id = (select id from people where name_sealed is not null and not exists (
      select from memberships m where m.person_id = people.id) order by id limit 1) returning id`;
  if (!admin) throw new Error("nobody in the demo neighbourhood can be made admin");
  const people = { ...examples.people, admin: admin.id, visitor: null };
  const all: { as: Role; target: Target }[] = [];
  for (const as of roles) {
    const person = people[as];
    const sid = person && (await signIn(sql, person));
    const { targets } = await gatherTargets(
      { ask: asker(port, 4), origin: `http://localhost:${port}`, sid },
      routes,
      examples,
    );
    for (const target of [...targets, ...apiTargets(examples, sid ? `sid=${sid}` : "")]) all.push({ as, target });
  }
  return all;
}

type Tally = Pick<Outcome, "thrown" | "statuses" | "faults" | "slowest">;

async function throwAll(port: number, count: number, make: () => Thrown, tally: Tally, told?: (done: number) => void) {
  let made = 0;
  const one = async () => {
    while (made < count) {
      made += 1;
      const thrown = make();
      const reply = await insistentReply(port, thrown);
      tally.thrown += 1;
      tally.statuses.set(reply.status, (tally.statuses.get(reply.status) ?? 0) + 1);
      if (thrown.isWhole) tally.slowest = Math.max(tally.slowest, reply.ms);
      const what = faultOf(reply, thrown);
      if (what) tally.faults.push({ what, ...reply, how: thrown.how, as: thrown.as, request: quoted(thrown.bytes) });
      told?.(tally.thrown);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/**
 * An answer that was late may have had a busy machine around it, and a row that a request waited for in vain (503) may
 * have been held by whoever puts the world back: only who is so twice is.
 */
async function insistentReply(port: number, { bytes, isWhole }: Thrown): Promise<Reply> {
  if (!isWhole) return send(port, bytes, BROKEN_PATIENCE_MS);
  const reply = await send(port, bytes);
  return (reply.ms > SLOW_MS && reply.status < 500) || reply.status === 503 ? send(port, bytes) : reply;
}

function faultOf({ status, ms, hung }: Reply, { isWhole }: Thrown): Fault["what"] | null {
  if (status >= 500) return "5xx";
  if (!isWhole) return null;
  if (status === 0 || hung) return "no answer";
  return ms > SLOW_MS ? "late" : null;
}

const quoted = (bytes: Buffer) => JSON.stringify(bytes.subarray(0, 1_500).toString("latin1"));

/** Megabytes that the process has in memory. @throws where there is no `/proc` */
function memoryOf({ web }: Victim): number {
  const status = readFileSync(`/proc/${web()}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024);
}
