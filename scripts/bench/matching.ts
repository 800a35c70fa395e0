import { claimPost } from "#app/claims/claim-post.server.ts";
import { newToken } from "#app/core/ids.server.ts";
import { findMatches, matchMany } from "#app/matching/find-matches.server.ts";
import type { PostKind } from "#app/posts/post.ts";
import { connect } from "#db/client.server.ts";
import { fillCity, layOut, type City } from "./matching-world.ts";
import { drive, figures, type Figures, type Line } from "./measure.ts";
import type { BenchWorld } from "./world.ts";

const SIZES = [100_000, 1_000_000];
const PROBES = 500;
const ROUNDS = 6;
const LOOKS = 3;
/** A connection plans a statement anew the first five times; after so many looks all have it ready, as in a process that runs. */
const WARM_UP = 100;
const GOAL_MS = 10;
const FLAT = 1.5;
/** So many needs are claimed from, so many times each. */
const CLAIMED = 200;
const CLAIMS_EACH = 5;

type Probe = { id: string; code: string };
type BothWays = { verb: Figures; bare: Figures; rested: Figures };
type Measured = Record<PostKind, BothWays>;

/**
 * The ten best matches of one post through the verb, over posts nobody looked at before, at two sizes; beside the least that any
 * such search does: the fifty nearest of the category at the time, compared by their titles. Then many posts at once, and what
 * claims cost the indexes.
 */
export async function benchMatching(world: BenchWorld, sizes = SIZES): Promise<Line[]> {
  const city = await layOut(world);
  const measured: Measured[] = [];
  for (const size of sizes) {
    await fillCity(world, city, size);
    measured.push({ need: await bothWays(world, "need"), offer: await bothWays(world, "offer") });
  }
  return [
    ...measured.flatMap((one, at) => linesOf(one, `at ${sizes[at]!.toLocaleString("en")} open posts`)),
    ...flatness(measured),
    await benchMany(world),
    await benchClaimed(world, city),
  ];
}

/**
 * Rounds alternate, so that a busy minute hits both. `rested`: of each post the fastest of three looks that lie a round apart; what is
 * slow in there is slow because of the post, and what is not was the machine's.
 */
async function bothWays(world: BenchWorld, kind: PostKind): Promise<BothWays> {
  const db = connect(world.databaseUrl, { max: 4 });
  const visitor = { ...world.ctx(), db, person: null };
  const rounds: { verb: Figures; bare: Figures }[] = [];
  const first = await someProbes(world, kind, WARM_UP);
  await drive(WARM_UP, 4, (turn) => findMatches(visitor, { code: first[turn]!.code }, "en"));
  for (let round = 0; round < ROUNDS; round++) {
    const probes = await someProbes(world, kind, 2 * PROBES);
    const code = (turn: number) => ({ code: probes[turn]!.code });
    const verb = await drive(PROBES, 1, (turn) => findMatches(visitor, code(turn), "en"));
    const bare = await drive(PROBES, 1, (turn) => nearestFifty(world, kind, probes[PROBES + turn]!.id));
    rounds.push({ verb, bare });
  }
  const again = await someProbes(world, kind, PROBES);
  const fastest = again.map(() => Infinity);
  for (let look = 0; look < LOOKS; look++)
    await drive(PROBES, 1, async (turn) => {
      const began = performance.now();
      await findMatches(visitor, { code: again[turn]!.code }, "en");
      fastest[turn] = Math.min(fastest[turn]!, performance.now() - began);
    });
  await db.end();
  const calmest = (of: "verb" | "bare") => rounds.map((round) => round[of]).toSorted((a, b) => a.p99 - b.p99)[0]!;
  return { verb: calmest("verb"), bare: calmest("bare"), rested: figures(fastest, 1) };
}

const someProbes = ({ owner: sql }: BenchWorld, kind: PostKind, count: number) => sql<Probe[]>`
  select id, code from posts where kind = ${kind} and claimable and visibility = 'everyone' and manage_hash like 'city %'
  order by random() limit ${count}`;

function nearestFifty({ db: { sql } }: BenchWorld, kind: PostKind, id: string) {
  return sql`
    select near.id, similarity(x.title, near.title) as words from posts x cross join lateral (
      select p.id, p.title from posts p
      where p.claimable and p.kind = ${kind === "need" ? sql`'offer'` : sql`'need'`}
        and coalesce(p.category_id, p.group_id) = coalesce(x.category_id, x.group_id)
        and span(p.window_start, p.window_end) && span(x.window_start, x.window_end)
      order by spot(p.lat, p.lng) <-> spot(x.lat, x.lng) limit 50) near
    where x.id = ${id}::uuid order by words desc limit 10`;
}

const ms = ({ p50, p95, p99 }: Figures) => `p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}  p99 ${p99.toFixed(1)} ms`;

const linesOf = (measured: Measured, at: string): Line[] =>
  (["need", "offer"] as const).flatMap((kind) => {
    const { verb, bare, rested } = measured[kind];
    const what = `ten best for ${kind === "need" ? "a need" : "an offer"}, ${at}`;
    const line = { area: "matching", floor: ms(bare) };
    return [
      {
        ...line,
        what,
        value: ms(verb),
        ratio: verb.p99 / GOAL_MS,
        note: `ratio: p99 of the goal, ${GOAL_MS} ms; floor: the fifty nearest, bare`,
      },
      { ...line, what: `${what}, best of ${LOOKS}`, value: ms(rested), ratio: rested.p99 / GOAL_MS, note: "the same" },
    ];
  });

function flatness(measured: readonly Measured[]): Line[] {
  const [first, last] = [measured[0], measured.at(-1)];
  if (!first || !last || first === last) return [];
  return (["need", "offer"] as const).map((kind) => ({
    area: "matching",
    what: `for ${kind === "need" ? "a need" : "an offer"}, largest beside smallest (goal: up to ${FLAT})`,
    value: ms(last[kind].verb),
    floor: ms(first[kind].verb),
    ratio: last[kind].verb.p50 / first[kind].verb.p50,
    note: `p99 ${(last[kind].verb.p99 / first[kind].verb.p99).toFixed(2)}; the bare floor p50 ${(last[kind].bare.p50 / first[kind].bare.p50).toFixed(2)}`,
  }));
}

async function benchMany(world: BenchWorld): Promise<Line> {
  const ids = (await someProbes(world, "need", 500)).map(({ id }) => id);
  const figures = await drive(ROUNDS, 1, () => matchMany(world.ctx(), ids, { perPost: 20, locale: "en" }));
  return {
    area: "matching",
    what: "500 needs at once, 20 each",
    value: `${(figures.p50 / 1000).toFixed(2)} s`,
    floor: "goal: 5 s",
    ratio: figures.p50 / 5_000,
  };
}

/**
 * Claims that leave something, of posts somebody has claimed from before (a first claim notes its time, which is in an index):
 * they change no index, and PostgreSQL writes into the same page alone (a HOT update).
 */
async function benchClaimed(world: BenchWorld, { authorIds }: City): Promise<Line> {
  const one = connect(world.databaseUrl, { max: 1 });
  const codes = await one.sql<{ code: string }[]>`
    select code from posts where kind = 'need' and remaining > ${CLAIMS_EACH} and visibility = 'everyone' and claimable
    order by random() limit ${CLAIMED}`;
  const updated = async () => {
    await one.sql`select pg_stat_force_next_flush()`;
    await one.sql`select 1`;
    const [row] = await one.sql<{ all: number; hot: number }[]>`
      select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'posts'`;
    return row!;
  };
  const claim = (round: number) =>
    drive(CLAIMED, 1, (turn) => {
      const person = { id: authorIds[turn * CLAIMS_EACH + round]!, isAdmin: false, locale: "en" as const, roles: {} };
      const asked = { code: codes[turn]!.code, quantity: 1, eta: null, note: null, offerCode: null };
      return claimPost({ ...world.ctx(person), db: one }, { ...asked, idempotencyKey: newToken() }).catch(ownPost);
    });
  await claim(0);
  const before = await updated();
  const rounds: Figures[] = [];
  for (let round = 1; round < CLAIMS_EACH; round++) rounds.push(await claim(round));
  const after = await updated();
  await one.end();
  const [all, hot] = [after.all - before.all, after.hot - before.hot];
  return {
    area: "matching",
    what: `${all} claims that leave something: change no index`,
    value: `${((100 * hot) / all).toFixed(1)} %, p50 ${rounds[0]!.p50.toFixed(1)} ms`,
    floor: "goal: 90 %",
    ratio: hot / all,
  };
}

function ownPost(problem: Error): void {
  if (problem.name !== "Problem") throw problem;
}
