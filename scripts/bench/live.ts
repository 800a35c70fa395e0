import { get, type IncomingMessage } from "node:http";
import { hashToken, newToken } from "#app/core/ids.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { aNeed } from "./claims.ts";
import { figures, type Line } from "./measure.ts";
import type { BenchWorld, Neighbourhood } from "./world.ts";

const CLIENTS = 1_000;
const CHANGES = 200;
const GOAL_MS = 250;
const PAUSE_MS = 60;
const AT_ONCE = 50;

/** From asking for a change to the last of 1,000 open pages having been told, over real connections to the web process. */
export async function benchLive(world: BenchWorld, { groupIds, personIds }: Neighbourhood): Promise<Line[]> {
  const { sql } = world.db;
  const [category] = await sql<{ id: string; group_id: string }[]>`
    select id, group_id from categories where group_id = any(${groupIds}::uuid[]) limit 1`;
  const token = await aCoordinator(world, category!.group_id, personIds[0]!);
  const web = await world.run("web");
  const author = { id: personIds[1]!, isAdmin: false, locale: "en" as const, roles: {} };
  const heard = new Map<string, number>();
  const streams: IncomingMessage[] = [];
  const count = (code: string) => heard.set(code, (heard.get(code) ?? 0) + 1);
  while (streams.length < CLIENTS) {
    const some = Array.from({ length: AT_ONCE }, () => listen(`${web.url}/coordinate/live`, token, count));
    streams.push(...(await Promise.all(some)));
  }
  const asked: number[] = [];
  const committed: number[] = [];
  for (let turn = 0; turn < CHANGES; turn++) {
    const began = performance.now();
    const { code } = await publishPost(world.ctx(author), aNeed(category!.group_id, category!.id, 1));
    const done = performance.now();
    notifyWorker(world.db);
    while ((heard.get(code) ?? 0) < CLIENTS) await new Promise((next) => setImmediate(next));
    asked.push(performance.now() - began);
    committed.push(performance.now() - done);
    await new Promise((next) => setTimeout(next, PAUSE_MS));
  }
  streams.forEach((stream) => stream.destroy());
  web.child.kill("SIGTERM");
  const whole = figures(asked, 1);
  const after = figures(committed, 1);
  const words = (all: typeof whole) =>
    `p50 ${all.p50.toFixed(0)}  p95 ${all.p95.toFixed(0)}  p99 ${all.p99.toFixed(0)} ms`;
  return [
    {
      area: "live",
      what: `a change, asked for, reaches the last of ${CLIENTS.toLocaleString("en")} open pages`,
      value: words(whole),
      floor: `goal p99 ${GOAL_MS} ms`,
      ratio: whole.p99 / GOAL_MS,
      note: `${CHANGES} changes; from its commit on: ${words(after)}`,
    },
  ];
}

export async function aCoordinator({ db: { sql } }: BenchWorld, groupId: string, personId: string): Promise<string> {
  const token = newToken();
  await sql`
    with runs as (
      insert into memberships (person_id, group_id, role, state, created_at)
      values (${personId}::uuid, ${groupId}::uuid, 'coordinator', 'active', now())
      on conflict (person_id, group_id) do update set role = 'coordinator', state = 'active'
    )
    insert into sessions (token_hash, person_id, device, created_at, seen_on, expires_at)
    values (${hashToken(token)}, ${personId}::uuid, 'bench', now(), now()::date, now() + interval '1 day')`;
  return token;
}

/** One open page: says each code it is told of. Resolves once the server answers. */
function listen(url: string, token: string, heard: (code: string) => void): Promise<IncomingMessage> {
  return new Promise((open, failed) => {
    get(url, { agent: false, headers: { cookie: `sid=${token}` } }, (answer) => {
      if (answer.statusCode !== 200) return failed(new Error(`the stream answers ${answer.statusCode}`));
      let rest = "";
      answer.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop()!;
        for (const line of lines) {
          if (!line.startsWith("data: [")) continue;
          for (const [code] of JSON.parse(line.slice(6)) as [string, string][]) heard(code);
        }
      });
      answer.on("error", () => undefined);
      open(answer);
    }).on("error", failed);
  });
}
