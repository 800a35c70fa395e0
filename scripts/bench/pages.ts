import { spawn } from "node:child_process";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { aNeed } from "./claims.ts";
import { best, compare, drive, getter, type Figures, type Line } from "./measure.ts";
import { replay, statementOf } from "./statement.ts";
import { answering, fill, freePort, type BenchWorld, type Neighbourhood } from "./world.ts";

const CLIENTS = 16;
const ROUNDS = 3;
const SIZES = [200_000, 1_000_000];

/** The board and the list API at two sizes, beside plain `node:http` around the same query; and whether they stay flat. */
export async function benchPages(world: BenchWorld, sizes = SIZES): Promise<Line[]> {
  const web = await world.run("web");
  const floor = await startFloor(world);
  const get = { web: getter(web.url, { "accept-encoding": "br" }), floor: getter(floor.url) };
  const lines: Line[] = [];
  const query: Figures[] = [];
  let turn = 0;
  for (const size of sizes) {
    await fill(world, size);
    const at = `at ${size.toLocaleString("en")} posts`;
    const rounds = {
      uncached: [] as Figures[],
      cached: [] as Figures[],
      api: [] as Figures[],
      html: [] as Figures[],
      json: [] as Figures[],
    };
    for (let round = 0; round < ROUNDS; round++) {
      rounds.uncached.push(await drive(300, CLIENTS, () => get.web(`/board?kind=need&round=${turn++}`)));
      rounds.html.push(await drive(600, CLIENTS, () => get.floor("/html")));
      rounds.cached.push(await drive(3_000, CLIENTS, () => get.web("/board?kind=need")));
      rounds.api.push(await drive(600, CLIENTS, () => get.web("/api/v1/posts?kind=need&limit=20")));
      rounds.json.push(await drive(600, CLIENTS, () => get.floor("/json")));
    }
    lines.push(
      compare(
        "board",
        `page, not cached, ${at}`,
        best(rounds.uncached),
        best(rounds.html),
        "floor: node:http, same query, string template",
      ),
    );
    lines.push(compare("board", `page, cached 1 s, ${at}`, best(rounds.cached), best(rounds.html)));
    lines.push(
      compare(
        "list API",
        `GET /posts, ${at}`,
        best(rounds.api),
        best(rounds.json),
        "floor: node:http, same query, JSON",
      ),
    );
    query.push(best(await queryRounds(world)));
  }
  floor.child.kill();
  web.child.kill("SIGTERM");
  if (query.length > 1) {
    lines.push({
      area: "board",
      what: "query alone, largest beside smallest (flat = 1)",
      value: `p50 ${query.at(-1)!.p50.toFixed(2)} ms`,
      floor: `p50 ${query[0]!.p50.toFixed(2)} ms`,
      ratio: query.at(-1)!.p50 / query[0]!.p50,
    });
  }
  return lines;
}

async function queryRounds(world: BenchWorld): Promise<Figures[]> {
  const rounds: Figures[] = [];
  const visitor = { ...world.ctx(), person: null };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await drive(300, 1, () => listPosts(visitor, { kind: "need", limit: 20 }, "en")));
  }
  return rounds;
}

/** Publishing through the verb, beside the statement it sends. */
export async function benchPosting(
  world: BenchWorld,
  { groupIds, categoryIds, personIds }: Neighbourhood,
): Promise<Line[]> {
  const [category] = await world.db.sql<{ id: string; group_id: string }[]>`
    select id, group_id from categories where id = ${categoryIds[0]!} and group_id = any(${groupIds}::uuid[])`;
  const author = { id: personIds[0]!, isAdmin: false, locale: "en" as const, roles: {} };
  let code = "";
  const post = async () => {
    code = (await publishPost(world.ctx(author), aNeed(category!.group_id, category!.id, 12))).code;
  };
  const statement = await statementOf(world, "insert into posts", post);
  const spied = code;
  const rounds = { verb: [] as Figures[], bare: [] as Figures[] };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.verb.push(await drive(1_000, 10, post));
    rounds.bare.push(await drive(1_000, 10, () => replay(world, statement, spied)));
  }
  return [compare("post a need", "verb beside the bare driver", best(rounds.verb), best(rounds.bare), "10 clients")];
}

export async function startFloor(world: BenchWorld) {
  const port = await freePort();
  const env = {
    PATH: process.env["PATH"],
    PORT: String(port),
    DATABASE_URL: world.databaseUrl,
    DATA_KEY: Buffer.alloc(32, 9).toString("base64"),
  };
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/bench/floor.ts"], {
    env: env as unknown as NodeJS.ProcessEnv,
    stdio: "inherit",
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/json`);
  return { url, child };
}
