import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import type { ClaimInput } from "#app/claims/claim.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { newId } from "#app/core/ids.server.ts";
import { connect } from "#db/client.server.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";
import { faultsOf, type Seen } from "./checker.ts";
import { asking, posted, postRow, somebody } from "./rows.ts";

const CLIENTS = 64;
const SIZES = [1, 2, 3, 5, 8];
const db = connect(testDatabaseUrl(), { max: 20, applicationName: "race" });
const killer = postgres(testDatabaseUrl(), { max: 1, connection: { application_name: "killer" } });
afterAll(() => Promise.all([db.end(), killer.end()]));

const ctx = testCtx();

describe("64 clients want one need of 20", () => {
  it("promise 20 and no more, down to the last unit", async () => {
    const need = await posted(ctx);
    const history = await race(need.code, claimPost);
    expect(await faultsOf(ctx.db.sql, need.id, history)).toEqual([]);
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 0, status: "open" });
    expect(history.filter((seen) => seen.outcome === "unknown")).toEqual([]);
  });

  it("promise 20 and no more while connections are killed at random", async () => {
    const kills = killConnections();
    while (kills.soFar() < 60) {
      const need = await posted(ctx);
      const history = await race(need.code, claimPost);
      expect(await faultsOf(ctx.db.sql, need.id, history)).toEqual([]);
      expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 0, status: "open" });
    }
    kills.stop();
  }, 60_000);

  it("are seen to promise too much where the decision is not the database's", async () => {
    const faults: string[] = [];
    for (let round = 0; round < 5 && faults.length === 0; round++) {
      const need = await posted(ctx);
      faults.push(...(await faultsOf(ctx.db.sql, need.id, await race(need.code, readThenWrite))));
    }
    expect(faults.join("\n")).toMatch(/promised of 20|remaining says/);
  });
});

type Claim = (ctx: PersonCtx, input: ClaimInput) => Promise<unknown>;

/** Every client asks for its size, and for what is left where that is too much, until nothing is. */
async function race(code: string, claim: Claim): Promise<Seen[]> {
  const history: Seen[] = [];
  const people = await Promise.all(Array.from({ length: 8 }, () => somebody(ctx)));
  const clients = Array.from({ length: CLIENTS }, async (_, at) => {
    const me = { ...people[at % people.length]!, db };
    let quantity = SIZES[at % SIZES.length]!;
    while (quantity > 0) {
      const input = asking(code, { quantity });
      const lost = await untilKnown(
        () => claim(me, input),
        (outcome) => history.push({ key: input.idempotencyKey, quantity, outcome }),
      );
      if (!lost) return;
      expect(lost).toMatchObject({ kind: "already-covered", status: 409 });
      quantity = Math.min(quantity, Number(lost.facts["remaining"]));
    }
  });
  await Promise.all(clients);
  return history;
}

/** Sends the same request again, key and all, until its outcome is known; answers how it was refused. */
async function untilKnown(
  send: () => Promise<unknown>,
  see: (outcome: Seen["outcome"]) => void,
): Promise<Problem | null> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      await within(4_000, send());
      see("ok");
      return null;
    } catch (error) {
      if (error instanceof Problem) {
        see("fail");
        return error;
      }
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
    }
  }
  see("unknown");
  throw new Error("50 tries and no outcome");
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error("stuck")), ms)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Terminates a random one of the racers' backends every 60 ms, a busy one where there is one. */
function killConnections() {
  let kills = 0;
  const timer = setInterval(async () => {
    const killed = await killer`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'race' and pid <> pg_backend_pid()
      order by state = 'active' desc, random() limit 1`;
    kills += killed.length;
  }, 60);
  return { soFar: () => kills, stop: () => clearInterval(timer) };
}

/** How not to do it: look, think, write. It lives here so that the checker is seen to notice. */
async function readThenWrite({ db: { sql }, person, now }: PersonCtx, input: ClaimInput): Promise<void> {
  const [post] = await sql`select id, group_id, remaining from posts where code = ${input.code}`;
  const remaining = post!["remaining"] - input.quantity!;
  if (remaining < 0) throw new Problem("already-covered", { remaining: post!["remaining"] });
  const id = newId(now);
  await sql`update posts set remaining = ${remaining} where id = ${post!["id"]}::uuid`;
  await sql`insert into claims (id, post_id, person_id, quantity, due_at, lapses_at, idempotency_key, request_hash, created_at, updated_at)
    values (${id}::uuid, ${post!["id"]}::uuid, ${person.id}::uuid, ${input.quantity}, ${now}, ${now}, ${input.idempotencyKey}, '', ${now}, ${now})`;
  await sql`insert into events (type, group_id, post_id, claim_id, at)
    values ('post.claimed', ${post!["group_id"]}::uuid, ${post!["id"]}::uuid, ${id}::uuid, ${now})`;
}
