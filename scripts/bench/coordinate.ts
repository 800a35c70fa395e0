import { claimPost } from "#app/claims/claim-post.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import { dashboardFigures } from "#app/dashboard/dashboard-figures.server.ts";
import { momentsOf } from "#app/dashboard/period.ts";
import { openCounts } from "#app/tallies/open-counts.server.ts";
import { connect } from "#db/client.server.ts";
import { fillYear, openUp } from "./coordinate-world.ts";
import { aCoordinator } from "./live.ts";
import { best, compare, drive, figures as figuresOf, getter, type Figures, type Line } from "./measure.ts";
import { makeBenchWorld, settle, type BenchWorld, type Neighbourhood } from "./world.ts";

const SIZES = [10_000, 100_000, 1_000_000];
/** A city after a catastrophe: four of ten posts are open at once. */
const EXTREME = 400_000;
const ROUNDS = 3;
const TIMES = 200;
const GOALS = { figures: 2, counts: 1, page: 150, table: 200 };
const CLAIMS = 1_000;

/** What a coordinator's pages cost as an installation grows, in a world of its own; twice as many promises as posts. */
export async function benchCoordinate(sizes = SIZES): Promise<Line[]> {
  const world = await makeBenchWorld();
  try {
    const hood = await settle(world, 2_000);
    const lines: Line[] = [];
    for (const size of sizes) {
      await fillYear(world, size);
      lines.push(...(await measureAll(world, hood, `at ${size.toLocaleString("en")} posts`)));
    }
    lines.push(await writeCost(world, hood));
    if (sizes.includes(SIZES.at(-1)!)) {
      await openUp(world, EXTREME);
      lines.push(...(await measureAll(world, hood, `${EXTREME.toLocaleString("en")} open`)));
    }
    return lines;
  } finally {
    await world.stop();
  }
}

async function measureAll(world: BenchWorld, hood: Neighbourhood, at: string): Promise<Line[]> {
  const [{ open } = { open: 0 }] = await world.db.sql<
    { open: number }[]
  >`select count(*)::int as open from posts where claimable`;
  const note = `${open.toLocaleString("en")} open`;
  const sql = await measureSql(world, hood.groupIds[0]!);
  const pages = await measurePages(world, hood);
  return [
    beside(`SQL: open counts of the installation, ${at}`, sql.counts, GOALS.counts, note),
    beside(`SQL: figures of one group, 30 days, ${at}`, sql.group, GOALS.figures, note),
    beside(`the same, the time PostgreSQL spends on it, ${at}`, sql.executed, GOALS.figures, "explain analyze"),
    beside(`SQL: figures of all groups, 30 days, ${at}`, sql.all, null, "for comparison"),
    beside(`the same, with the medians worked out, one group, ${at}`, sql.verb, null, "for comparison"),
    ...pages.map(([what, goal, found]) => beside(`${what}, ${at}`, found, goal, note)),
  ];
}

const beside = (what: string, found: Figures, goal: number | null, note: string): Line => ({
  area: "coordinate",
  what,
  value: `p50 ${found.p50.toFixed(2)}  p95 ${found.p95.toFixed(2)} ms`,
  floor: goal ? `goal p95 ${goal} ms` : "",
  ratio: goal ? found.p95 / goal : null,
  note,
});

type Statement = { text: string; parameters: unknown[] };

/** What a verb sends, sent again one statement after the other over one connection: the time of a turn is all of them together. */
async function measureSql(world: BenchWorld, groupId: string) {
  const seen: Statement[] = [];
  const spy = connect(world.databaseUrl, { max: 1 });
  spy.sql.options.debug = (_connection, text, parameters) => void seen.push({ text, parameters: [...parameters] });
  const ctx: PersonCtx = { ...world.ctx(), db: spy };
  const one = connect(world.databaseUrl, { max: 1 });
  const period = momentsOf(30, ctx.now);
  const record = async (act: () => Promise<unknown>) => {
    seen.length = 0;
    await act();
    return [...seen];
  };
  const sentBy = async (act: () => Promise<unknown>) => {
    const sent = await record(act);
    return calmest(async () => {
      for (const { text, parameters } of sent) await one.sql.unsafe(text, parameters as never[], { prepare: true });
    });
  };
  const figures = (id: string | null) => dashboardFigures(ctx, { groupId: id, ...period });
  const found = {
    counts: await sentBy(() => openCounts(ctx, null)),
    group: await sentBy(() => figures(groupId)),
    executed: await executionOf(one.sql, await record(() => figures(groupId))),
    all: await sentBy(() => figures(null)),
    verb: await calmest(() => figures(groupId)),
  };
  await Promise.all([spy.end(), one.end()]);
  return found;
}

/** What PostgreSQL itself says it took, without its way there and back. */
async function executionOf(sql: BenchWorld["owner"], sent: Statement[]): Promise<Figures> {
  const took: number[] = [];
  for (let turn = 0; turn < TIMES; turn++) {
    let ms = 0;
    for (const { text, parameters } of sent) {
      const [row] = await sql.unsafe(`explain (analyze, timing off, format json) ${text}`, parameters as never[]);
      ms += (row!["QUERY PLAN"] as { "Execution Time": number }[])[0]!["Execution Time"];
    }
    took.push(ms);
  }
  return figuresOf(took, 1);
}

/** Noise only ever makes a round slower. */
async function calmest(work: () => Promise<unknown>, times = TIMES): Promise<Figures> {
  const rounds: Figures[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await drive(times, 1, work));
  return rounds.toSorted((a, b) => a.p95 - b.p95)[0]!;
}

/** Asked for by a coordinator of one group, one page after the other. */
async function measurePages(world: BenchWorld, { groupIds, personIds }: Neighbourhood) {
  const token = await aCoordinator(world, groupIds[0]!, personIds[0]!);
  const web = await world.run("web");
  const get = getter(web.url, { cookie: `sid=${token}`, "accept-encoding": "br" });
  const ask = (path: string) => async () => {
    const { status } = await get(path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
  };
  const pages = [
    ["GET /coordinate", GOALS.page, "/coordinate"],
    ["GET /coordinate/dashboard", GOALS.page, "/coordinate/dashboard"],
    ["GET /coordinate/posts, a filter", GOALS.table, "/coordinate/posts?kind=need&state=waiting&age=2d"],
  ] as const;
  const found: [string, number, Figures][] = [];
  for (const [what, goal, path] of pages) found.push([what, goal, await calmest(ask(path), 60)]);
  web.child.kill("SIGTERM");
  return found;
}

/** Promises on needs that many others look at too, with the triggers that keep the tallies and without. */
async function writeCost(world: BenchWorld, { personIds }: Neighbourhood): Promise<Line> {
  const { owner: sql } = world;
  const codes = await sql<
    { code: string }[]
  >`select code from posts where claimable and kind = 'need' order by id limit ${2 * ROUNDS * CLAIMS}`;
  let next = 0;
  const claim = () =>
    claimPost(world.ctx({ isAdmin: false, locale: "en", roles: {}, id: personIds[1_100 + (next % 800)]! }), {
      code: codes[next++ % codes.length]!.code,
      quantity: 1,
      eta: null,
      note: null,
      offerCode: null,
      idempotencyKey: newToken(),
    }).catch((problem: Error) => {
      if (problem.name !== "Problem") throw problem;
    });
  const rounds = { kept: [] as Figures[], bare: [] as Figures[] };
  const switched = async (to: "enable" | "disable") => {
    for (const table of ["posts", "claims"]) await sql.unsafe(`alter table ${table} ${to} trigger user`);
  };
  await drive(CLAIMS / 2, 10, claim);
  for (let round = 0; round < ROUNDS; round++) {
    rounds.kept.push(await drive(CLAIMS, 10, claim));
    await switched("disable");
    rounds.bare.push(await drive(CLAIMS, 10, claim));
    await switched("enable");
  }
  return compare(
    "coordinate",
    "claims with the tallies' triggers, beside without",
    best(rounds.kept),
    best(rounds.bare),
    "10 clients",
  );
}
