import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { NODE_FLAGS } from "#scripts/supervisor/node-flags.ts";
import { connect, type Db } from "#db/client.server.ts";
import { startEmbedded } from "#db/embedded.server.ts";
import { migrate } from "#db/migrate.server.ts";

/** Of every process of the bench: what the simulator's signatures are made from. */
export const SESSION_SECRET = "b".repeat(40);
const DATA_KEY = Buffer.alloc(32, 9).toString("base64");

export type BenchWorld = {
  db: Db;
  /** Without the time limit of a request: for filling tables. */
  owner: Sql;
  databaseUrl: string;
  ctx(person?: PersonCtx["person"]): PersonCtx;
  /** Starts a role of the product as its own process, as the supervisor would, and waits until it answers. */
  run(role: "web" | "worker", env?: Record<string, string>): Promise<{ url: string; child: ChildProcess }>;
  stop(): Promise<void>;
};

/** A throwaway installation on a real disk: the embedded PostgreSQL with its production settings (fsync on). */
export async function makeBenchWorld(): Promise<BenchWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), "manyhands-bench-"));
  spawnSync("chmod", ["755", dataDir]);
  const embedded = await startEmbedded({ dataDir });
  await migrate(embedded.url);
  const db = connect(embedded.url, { max: 20, applicationName: "bench" });
  const owner = postgres(embedded.url, { max: 1, onnotice: () => undefined });
  const children: ChildProcess[] = [];
  const seal = makeSeal(DATA_KEY);
  const nobody: PersonCtx["person"] = { id: "", isAdmin: true, locale: "en", roles: {} };

  return {
    db,
    owner,
    databaseUrl: embedded.url,
    ctx: (person = nobody) =>
      ({
        db,
        seal,
        log: makeLog("silent"),
        now: new Date(),
        person,
        publicUrl: "http://localhost:3000",
        rateLimits: false,
      }) as Ctx as PersonCtx,
    async run(role, extra = {}) {
      const port = await freePort();
      const env = {
        PATH: process.env["PATH"],
        NODE_ENV: "production",
        PORT: String(port),
        HOST: "127.0.0.1",
        DATABASE_URL: embedded.url,
        DATA_DIR: dataDir,
        DATA_KEY,
        SESSION_SECRET,
        SMS_PROVIDER: "local",
        RATE_LIMITS: "off",
        LOG_LEVEL: "error",
        ...extra,
      } as NodeJS.ProcessEnv;
      const child = spawn(process.execPath, [...NODE_FLAGS, `scripts/${role === "web" ? "server" : "worker"}.ts`], {
        env,
        stdio: ["ignore", "ignore", "inherit"],
      });
      children.push(child);
      const url = `http://localhost:${port}`;
      if (role === "web") await answering(`${url}/healthz`);
      return { url, child };
    },
    async stop() {
      for (const child of children) child.kill("SIGTERM");
      await Promise.all([db.end(), owner.end({ timeout: 3 })]);
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`${url} never answered`);
}

export function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
}

export type Neighbourhood = { groupIds: string[]; categoryIds: string[]; personIds: string[] };

/** Six groups with three categories each, and people; straight into the tables. */
export async function settle({ db: { sql } }: BenchWorld, people = 500): Promise<Neighbourhood> {
  await sql`insert into groups (id, slug, name, blurb, position, created_at)
    select gen_random_uuid(), 'group-' || n, 'Group ' || n, 'A working group.', n, now() from generate_series(1, 6) n`;
  await sql`insert into categories (id, group_id, slug, name, unit, unit_one)
    select gen_random_uuid(), g.id, 'things-' || n, 'Things ' || n, 'things', 'thing' from groups g, generate_series(1, 3) n`;
  await sql`insert into people (id, locale, verified_at, created_at)
    select gen_random_uuid(), 'en', now(), now() from generate_series(1, ${people}::int)`;
  const ids = async (table: string) => (await sql`select id from ${sql(table)}`).map((row) => row["id"] as string);
  return { groupIds: await ids("groups"), categoryIds: await ids("categories"), personIds: await ids("people") };
}

/**
 * Adds open posts until there are `total`, spread over groups, a year and a city; a tenth are closed. Codes are `B`
 * and a number, so that a bench can name any of them.
 */
export async function fill({ owner: sql }: BenchWorld, total: number): Promise<void> {
  const [{ have } = { have: 0 }] = await sql<{ have: number }[]>`select count(*)::int as have from posts`;
  for (let from = have; from < total; from += 20_000) {
    const to = Math.min(total, from + 20_000);
    await sql`
      insert into posts (id, code, kind, group_id, category_id, author_id, title, details, quantity, remaining, urgency, place,
        lat, lng, visibility, status, closed_reason, closed_at, expires_at, manage_hash, created_at, updated_at)
      select gen_random_uuid(), 'B' || n, case when n % 3 = 0 then 'offer' else 'need' end, c.group_id, c.id, a.id,
        (array['Hot meals','Blankets','Rice and beans','A ride','Winter coats','Books'])[1 + n % 6] || ' for ' || (2 + n % 9) || ' people',
        'Anything helps. We are around most of the day, please ring.', 5 + n % 40, 5 + n % 40, 'normal', 'Maple Park ' || n % 120,
        40.6 + (n % 50) * 0.009, -74.0 + (n / 50 % 46) * 0.012, 'everyone',
        case when n % 10 = 0 then 'closed' else 'open' end, case when n % 10 = 0 then 'fulfilled' end,
        case when n % 10 = 0 then now() end, now() + interval '14 days', 'bench ' || n,
        now() - interval '1 year' + n * interval '29 seconds', now()
      from generate_series(${from + 1}::int, ${to}::int) n
      join (select id, group_id, row_number() over () - 1 as at from categories) c on c.at = n % 18
      join (select id, row_number() over () - 1 as at from people) a on a.at = n % 100`;
    if (process.stderr.isTTY) process.stderr.write(`\r  ${to.toLocaleString("en")} posts`);
  }
  await sql`vacuum (analyze) posts`;
}
