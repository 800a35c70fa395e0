import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { hashToken, newToken } from "#app/core/ids.server.ts";
import { aCategory, aGroup, aPerson, aPost } from "#tests/factories.ts";
import { makeWorld, type World } from "./world.ts";

const CLIENTS = 64;
const QUANTITY = 20;

let world: World;
beforeAll(async () => {
  world = await makeWorld(inject("server"), inject("template"));
});
afterAll(() => world.stop());

test("64 people claim one need of 20 in mixed sizes: 20 are promised, nobody gets what another has", async () => {
  const tokens = await neighbours(CLIENTS);
  const { codes } = await needs(1);
  const answers = await storm(codes, tokens);
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201, 409]));
  await expectSound(codes, answers);
});

test("the same while connections are killed at random: nothing promised is lost or doubled, and it is back within 3 s", async () => {
  const tokens = await neighbours(CLIENTS);
  const { codes } = await needs(12);
  const gaps = watchHealth();
  const killer = killConnections();
  const answers = await storm(codes, tokens);
  const kills = await killer.stop();
  const longest = await gaps.stop();
  expect(kills).toBeGreaterThan(10);
  expect(answers.filter((answer) => answer.status !== 201 && answer.status !== 409)).toEqual([]);
  await expectSound(codes, answers);
  expect(longest).toBeLessThan(3_000);
  console.info(
    `claim storm: ${answers.length} definite answers, ${kills} connections killed, longest silence ${longest} ms`,
  );
});

test("the last check is worth something: a promise without its event, or one too many, is seen", async () => {
  const tokens = await neighbours(4);
  const { codes } = await needs(1);
  const answers = await storm(codes, tokens);
  await world.sql`update claims set quantity = quantity + 1 where id = (
    select c.id from claims c join posts p on p.id = c.post_id where p.code = ${codes[0]!} limit 1)`;
  await expect(expectSound(codes, answers)).rejects.toThrow();
});

type Answer = { code: string; key: string; status: number; asked: number };

/** Everybody at once, need after need; who is refused but told that some is left asks again for that. */
async function storm(codes: string[], tokens: string[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  await Promise.all(
    tokens.map(async (token, at) => {
      for (const code of codes) {
        let asked = (at % 3) + 1;
        for (let round = 0; round < QUANTITY && asked > 0; round++) {
          const { answer, remaining } = await claim(code, token, asked);
          answers.push(answer);
          if (answer.status === 201) break;
          asked = Math.min(asked, remaining);
        }
      }
    }),
  );
  return answers;
}

/** One wish under one key: while the outcome is unknown the very same is sent again. */
async function claim(code: string, token: string, quantity: number): Promise<{ answer: Answer; remaining: number }> {
  const key = newToken();
  const deadline = Date.now() + 30_000;
  for (;;) {
    const reply = await fetch(`${world.url}/api/v1/posts/${code}/claims`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key, Authorization: `Bearer ${token}` },
      body: JSON.stringify({ quantity }),
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null);
    if (reply && reply.status < 500) {
      const body = (await reply.json()) as { remaining?: number };
      return { answer: { code, key, status: reply.status, asked: quantity }, remaining: body.remaining ?? 0 };
    }
    await reply?.body?.cancel();
    if (Date.now() > deadline)
      return { answer: { code, key, status: reply?.status ?? 0, asked: quantity }, remaining: 0 };
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

/** The invariants, read from the database after the storm. */
async function expectSound(codes: string[], answers: Answer[]): Promise<void> {
  const rows = await world.sql<{ code: string; quantity: number; remaining: number; promised: number }[]>`
    select p.code, p.quantity, p.remaining, coalesce(sum(c.quantity), 0)::int as promised
    from posts p left join claims c on c.post_id = p.id where p.code in ${world.sql(codes)} group by p.id`;
  for (const row of rows) {
    const asked = answers.filter((answer) => answer.code === row.code).reduce((sum, answer) => sum + answer.asked, 0);
    expect(row.promised, `promised of ${row.code}`).toBe(Math.min(QUANTITY, row.promised));
    expect(row.remaining, `left of ${row.code}`).toBe(row.quantity - row.promised);
    if (asked >= 2 * QUANTITY) expect(row.remaining, `the last units of ${row.code}`).toBe(0);
  }
  const stored = await world.sql<{ code: string; key: string; events: number }[]>`
    select p.code, c.idempotency_key as key,
      (select count(*)::int from events e where e.claim_id = c.id and e.type = 'post.claimed') as events
    from claims c join posts p on p.id = c.post_id where p.code in ${world.sql(codes)}`;
  expect(
    stored.filter((claim) => claim.events !== 1),
    "claims without exactly one event",
  ).toEqual([]);
  const orphans = await world.sql`select id from events e where type = 'post.claimed'
    and not exists (select from claims c where c.id = e.claim_id)`;
  expect(orphans, "events without a claim").toHaveLength(0);
  const won = answers.filter((answer) => answer.status === 201).map((answer) => answer.key);
  expect(stored.map((claim) => claim.key).toSorted(), "acknowledged and stored").toEqual(won.toSorted());
}

async function neighbours(count: number): Promise<string[]> {
  const ctx = world.ctx();
  return Promise.all(
    Array.from({ length: count }, async () => {
      const person = await aPerson(ctx);
      const token = newToken(32);
      await world.sql`insert into api_tokens (token_hash, person_id, created_at) values (${hashToken(token)}, ${person.id}, now())`;
      return token;
    }),
  );
}

async function needs(count: number): Promise<{ codes: string[] }> {
  const ctx = world.ctx();
  const group = await aGroup(ctx);
  const category = await aCategory(ctx, group.id);
  const posts = [];
  for (let made = 0; made < count; made++) {
    posts.push(await aPost(ctx, { groupId: group.id, categoryId: category.id, quantity: QUANTITY }));
  }
  return { codes: posts.map((post) => post.code) };
}

function killConnections() {
  let kills = 0;
  let going = true;
  const loop = (async () => {
    while (going) {
      const rows = await world.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name like 'manyhands%' and datname = current_database() order by random() limit 1`;
      kills += rows.length;
      await new Promise((resume) => setTimeout(resume, 60));
    }
  })();
  return {
    async stop() {
      going = false;
      await loop;
      return kills;
    },
  };
}

/** The longest time in milliseconds for which the web process did not answer. */
function watchHealth() {
  let going = true;
  let longest = 0;
  const loop = (async () => {
    let last = Date.now();
    while (going) {
      const ok = await fetch(`${world.url}/healthz`, { signal: AbortSignal.timeout(1_000) }).then(
        (answer) => answer.ok,
        () => false,
      );
      if (ok) {
        longest = Math.max(longest, Date.now() - last);
        last = Date.now();
      }
      await new Promise((resume) => setTimeout(resume, 50));
    }
  })();
  return {
    async stop() {
      going = false;
      await loop;
      return longest;
    },
  };
}
