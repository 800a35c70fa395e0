import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimPost } from "#app/claims/claim-post.server.ts";
import type { SignedIn } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { best, compare, drive, type Figures, type Line } from "./measure.ts";
import { forPgbench, replay, statementOf, type Statement } from "./statement.ts";
import type { BenchWorld, Neighbourhood } from "./world.ts";

const CLIENTS = 10;
const ROUNDS = 3;
const COUNT = 1_500;

/**
 * Claims through the verb on one hot need and on many, beside the very statement the verb sends, by the bare driver and,
 * where it is installed, by pgbench. Rounds alternate, so that a busy minute hits all of them.
 */
export async function benchClaims(world: BenchWorld, hood: Neighbourhood): Promise<Line[]> {
  const hot = await aHotNeed(world, hood);
  const claim = (code: string, turn: number) =>
    claimPost(world.ctx(signedIn(hood, turn)), {
      code,
      quantity: 1,
      eta: null,
      note: null,
      offerCode: null,
      idempotencyKey: newToken(),
    }).catch(ignoreRefusals);
  const statement = await statementOf(world, "insert into claims", () => claim(hot, 0));
  const spread = (turn: number) => `B${1 + ((turn * 7919) % 20_000)}`;
  return [
    ...(await besideItsStatement(world, "on one hot need", {
      claim,
      statement,
      hot,
      codeOf: () => hot,
      target: `'${hot}'`,
    })),
    ...(await besideItsStatement(world, "on spread needs", {
      claim,
      statement,
      hot,
      codeOf: spread,
      target: "'B' || :n",
    })),
  ];
}

type Case = {
  claim: (code: string, turn: number) => Promise<unknown>;
  statement: Statement;
  hot: string;
  codeOf: (turn: number) => string;
  target: string;
};

async function besideItsStatement(world: BenchWorld, what: string, one: Case): Promise<Line[]> {
  const rounds = { verb: [] as Figures[], bare: [] as Figures[], pgbench: [] as Figures[] };
  const [floor] = await replay(world, one.statement, one.hot, one.hot);
  if (!floor) throw new Error("the floor promises nothing: the statement was not replayed as it was sent");
  for (let round = 0; round < ROUNDS; round++) {
    const codeAt = (turn: number) => one.codeOf(turn + round * COUNT);
    rounds.verb.push(await drive(COUNT, CLIENTS, (turn) => one.claim(codeAt(turn), turn)));
    rounds.bare.push(await drive(COUNT, CLIENTS, (turn) => replay(world, one.statement, one.hot, codeAt(turn))));
    const rate = pgbench(world, forPgbench(one.statement, { from: one.hot, to: one.target }));
    if (rate) rounds.pgbench.push(rate);
  }
  const verb = best(rounds.verb);
  const lines = [
    compare("claim", `${what}: verb beside the bare driver`, verb, best(rounds.bare), `${CLIENTS} clients`),
  ];
  if (rounds.pgbench.length === 0) return lines;
  return [
    ...lines,
    compare("claim", `${what}: verb beside pgbench`, verb, best(rounds.pgbench), "same statement, prepared"),
  ];
}

const signedIn = ({ personIds }: Neighbourhood, turn: number): SignedIn => ({
  isAdmin: false,
  locale: "en",
  roles: {},
  id: personIds[100 + (turn % 400)]!,
});

function ignoreRefusals(problem: Error): void {
  if (problem.name !== "Problem") throw problem;
}

async function aHotNeed(world: BenchWorld, { groupIds, categoryIds, personIds }: Neighbourhood): Promise<string> {
  const author: SignedIn = { id: personIds[0]!, isAdmin: false, locale: "en", roles: {} };
  const [category] = await world.db.sql<{ id: string; group_id: string }[]>`
    select id, group_id from categories where id = ${categoryIds[0]!} and group_id = any(${groupIds}::uuid[])`;
  const { code } = await publishPost(world.ctx(author), aNeed(category!.group_id, category!.id, 100_000));
  return code;
}

export const aNeed = (groupId: string, categoryId: string, quantity: number): Parameters<typeof publishPost>[1] => ({
  kind: "need",
  groupId,
  categoryId,
  title: "Hot meals",
  details: null,
  quantity,
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
  submitKey: null,
  contact: { name: null, phone: null, email: null },
});

function pgbench(world: BenchWorld, script: string): Figures | null {
  if (spawnSync("pgbench", ["--version"]).status !== 0) return null;
  const file = join(mkdtempSync(join(tmpdir(), "pgbench-")), "claim.sql");
  writeFileSync(file, script);
  const url = new URL(world.databaseUrl);
  const size = ["-c", String(CLIENTS), "-j", "2", "-t", String(COUNT / CLIENTS)];
  const where = ["-h", url.hostname, "-p", url.port, "-U", url.username, url.pathname.slice(1)];
  const done = spawnSync("pgbench", ["-n", "-M", "prepared", ...size, "-f", file, ...where], {
    env: { ...process.env, PGPASSWORD: url.password },
    encoding: "utf8",
  });
  const perSecond = Number(/tps = ([\d.]+)/.exec(done.stdout)?.[1]);
  const latency = Number(/latency average = ([\d.]+)/.exec(done.stdout)?.[1]);
  return Number.isFinite(perSecond) ? { perSecond, p50: latency, p95: NaN, p99: NaN, count: COUNT } : null;
}
