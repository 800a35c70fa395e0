import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { claimPost } from "#app/claims/claim-post.server.ts";
import type { SignedIn } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { best, compare, drive, figures, type Figures, type Line } from "./measure.ts";
import type { BenchWorld, Neighbourhood } from "./world.ts";

const CLIENTS = 10;
const ROUNDS = 3;
const COUNT = 1_500;

/**
 * Claims through the verb on one hot need and on many, beside the very statement the verb sends, by the bare driver and,
 * where it is installed, by pgbench. Rounds alternate, so that a busy minute hits both.
 */
export async function benchClaims(
  world: BenchWorld,
  { groupIds, categoryIds, personIds }: Neighbourhood,
): Promise<Line[]> {
  const signedIn = (turn: number): SignedIn => ({
    id: personIds[100 + (turn % 400)]!,
    isAdmin: false,
    locale: "en",
    roles: {},
  });
  const hot = await aHotNeed(world, groupIds[0]!, categoryIds[0]!);
  const spread = (turn: number) => `B${1 + ((turn * 7919) % 20_000)}`;
  const claim = (code: string, turn: number) =>
    claimPost(world.ctx(signedIn(turn)), {
      code,
      quantity: 1,
      eta: null,
      note: null,
      offerCode: null,
      idempotencyKey: newToken(),
    } as Parameters<typeof claimPost>[1]).catch((problem: Error) => {
      if (problem.name !== "Problem") throw problem;
    });
  const statement = await statementOf(world, () => claim(hot, 0));

  const lines: Line[] = [];
  for (const [what, codeOf] of [
    ["on one hot need", () => hot],
    ["on spread needs", spread],
  ] as const) {
    const ours: Figures[] = [];
    const bare: Figures[] = [];
    const bench: Figures[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await drive(COUNT, CLIENTS, (turn) => claim(codeOf(turn + round * COUNT), turn)));
      bare.push(await drive(COUNT, CLIENTS, (turn) => run(world, statement, codeOf(turn + round * COUNT), hot)));
      const rate = pgbench(world, statement, hot, what === "on spread needs");
      if (rate) bench.push(rate);
    }
    lines.push(compare("claim", `${what}, verb : bare driver`, best(ours), best(bare), `${CLIENTS} clients`));
    if (bench.length > 0)
      lines.push(compare("claim", `${what}, verb : pgbench`, best(ours), best(bench), "same statement, -M prepared"));
  }
  return lines;
}

async function aHotNeed(world: BenchWorld, groupId: string, categoryId: string): Promise<string> {
  const { code } = await publishPost(
    world.ctx({ id: await anAuthor(world), isAdmin: false, locale: "en", roles: {} }),
    {
      kind: "need",
      groupId,
      categoryId,
      title: "Hot meals",
      details: null,
      quantity: 100_000,
      urgency: "normal",
      windowStart: null,
      windowEnd: null,
      place: null,
      lat: null,
      lng: null,
      address: null,
      privateNote: null,
      visibility: "everyone",
      languages: [],
      locale: "en",
      contact: { name: null, phone: null, email: null },
      submitKey: null,
    },
  );
  return code;
}

const anAuthor = async ({ db }: BenchWorld) => (await db.sql`select id from people limit 1`)[0]!["id"] as string;

type Statement = { text: string; parameters: unknown[]; types: number[] };

/** The claim's statement as the verb sends it, seen through the driver's own debug hook. */
async function statementOf(world: BenchWorld, act: () => Promise<unknown>): Promise<Statement> {
  const seen: Statement[] = [];
  const spy = postgres(world.databaseUrl, {
    max: 1,
    onnotice: () => undefined,
    debug: (_connection, text, parameters, types) => seen.push({ text, parameters, types: types as number[] }),
  });
  const own = world.db.sql;
  world.db.sql = spy;
  await act();
  world.db.sql = own;
  await spy.end();
  const found = seen.find(({ text }) => text.includes("insert into claims"));
  if (!found) throw new Error("the claim sent no statement that inserts a claim");
  return found;
}

/** Which parameters must differ from run to run: the claim's id, its key, the post's code. */
function renewed({ parameters }: Statement, code: string, hot: string): unknown[] {
  return parameters.map((value) => {
    if (value === hot) return code;
    if (typeof value === "string" && /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value)) return crypto.randomUUID();
    if (typeof value === "string" && /^[\w-]{22}$/.test(value)) return newToken();
    return value;
  });
}

const run = ({ db }: BenchWorld, statement: Statement, code: string, hot: string) =>
  db.sql.unsafe(statement.text, renewed(statement, code, hot) as never[], { prepare: true });

function pgbench(world: BenchWorld, statement: Statement, hot: string, spread: boolean): Figures | null {
  if (spawnSync("pgbench", ["--version"]).status !== 0) return null;
  const file = join(mkdtempSync(join(tmpdir(), "pgbench-")), "claim.sql");
  const literal = (value: unknown) => {
    if (value === hot) return spread ? "'B' || :n" : `'${hot}'`;
    if (value === null || value === undefined) return "null";
    if (value instanceof Date) return `'${value.toISOString()}'`;
    if (Array.isArray(value)) return `'{${value.join(",")}}'`;
    if (typeof value === "string" && /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value)) return "md5(:k || '.' || :m)::uuid";
    if (typeof value === "string" && /^[\w-]{22}$/.test(value)) return "md5(:k || '-' || :m)";
    return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
  };
  const text = statement.text.replace(
    /\$(\d+)/g,
    (_all, at: string) => `(${literal(statement.parameters[Number(at) - 1])})`,
  );
  writeFileSync(
    file,
    `\\set n random(1, 20000)\n\\set k random(1, 1000000000)\n\\set m random(1, 1000000000)\n${text.replace(/\s+/g, " ")};\n`,
  );
  const url = new URL(world.databaseUrl);
  const done = spawnSync(
    "pgbench",
    [
      "-n",
      "-M",
      "prepared",
      "-c",
      String(CLIENTS),
      "-j",
      "2",
      "-t",
      String(COUNT / CLIENTS),
      "-f",
      file,
      "-h",
      url.hostname,
      "-p",
      url.port,
      "-U",
      url.username,
      url.pathname.slice(1),
    ],
    { env: { ...process.env, PGPASSWORD: url.password }, encoding: "utf8" },
  );
  const rate = Number(/tps = ([\d.]+)/.exec(done.stdout)?.[1]);
  const latency = Number(/latency average = ([\d.]+)/.exec(done.stdout)?.[1]);
  return Number.isFinite(rate)
    ? { ...figures([], 1), perSecond: rate, p50: latency, p95: latency, count: COUNT }
    : null;
}
