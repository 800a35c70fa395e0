import { hashToken, newToken } from "#app/core/ids.server.ts";
import type { Sql } from "postgres";

/** What a scan may delete or close, parents first; posts come between with what is promised of them. */
const PARENTS = ["people", "memberships"];
const OTHERS = ["text_threads", "drafts", "sign_in_codes", "sessions"];
const EVERY_MS = 2_000;

/** A session of somebody, as its cookie holds it. */
export async function signIn(sql: Sql, personId: string): Promise<string> {
  const token = newToken();
  await sql`insert into sessions (token_hash, person_id, created_at, seen_on, expires_at)
    values (${hashToken(token)}, ${personId}::uuid, now(), current_date, now() + interval '1 day')`;
  return token;
}

/**
 * A scanner presses every button, also those that sign out, close and delete. So that it does not knock at the doors of
 * an empty house from then on, what was there is put back all the time, and sessions stay fresh.
 *
 * @returns what ends it
 */
export async function keepWorld(sql: Sql, everyMs = EVERY_MS): Promise<() => Promise<void>> {
  const parents = await Promise.all(PARENTS.map((table) => remember(sql, table)));
  const posts = { posts: await remember(sql, "posts"), claims: await remember(sql, "claims") };
  const others = await Promise.all(OTHERS.map((table) => remember(sql, table)));
  let busy: Promise<void> = Promise.resolve();
  let idle = true;
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    busy = putBack(sql, { parents, posts, others }).finally(() => void (idle = true));
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await busy;
  };
}

type Kept = { query: string; rows: string };

async function remember(sql: Sql, table: string): Promise<Kept> {
  const columns = await sql<{ name: string; key: boolean }[]>`
    select a.attname as name, coalesce(a.attnum = any (i.indkey), false) as key
    from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
    where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''`;
  const [row] = await sql.unsafe<{ rows: string }[]>(
    `select coalesce(jsonb_agg(t), '[]')::text as rows from ${table} t`,
  );
  const names = columns.map(({ name }) => name).join(", ");
  const of = (prefix: string) => columns.map(({ name }) => `${prefix}.${name}`).join(", ");
  const keys = columns.flatMap(({ name, key }) => (key ? [name] : [])).join(", ");
  return {
    query: `insert into ${table} as old (${names}) select ${of("r")} from jsonb_populate_recordset(null::${table}, $1::text::jsonb) r
      on conflict (${keys}) do update set (${names}) = row(${of("excluded")}) where (${of("old")}) is distinct from (${of("excluded")})`,
    rows: row!.rows,
  };
}

type World = { parents: Kept[]; posts: { posts: Kept; claims: Kept }; others: Kept[] };

async function putBack(sql: Sql, { parents, posts, others }: World): Promise<void> {
  // Somebody new may have the number of somebody who was deleted, or the database may be busy: the next time, then.
  for (const { query, rows } of parents) await sql.unsafe(query, [rows]).catch(() => undefined);
  await putPostsBack(sql, posts);
  for (const { query, rows } of others) await sql.unsafe(query, [rows]).catch(() => undefined);
  await sql`update sessions set created_at = now() where created_at < now() - interval '1 minute'`.catch(
    () => undefined,
  );
}

/**
 * What is left of a post and what is promised of it go back together, while nobody else can write, and what was promised
 * of it since ends: handed back later, it would give the post more than it ever had, which the database refuses. The
 * product answered that with 500 and had done nothing wrong.
 */
async function putPostsBack(sql: Sql, { posts, claims }: World["posts"]): Promise<void> {
  const one = await sql.reserve();
  try {
    await one`begin`;
    await one`lock table posts in share row exclusive mode`;
    for (const { query, rows } of [posts, claims]) await one.unsafe(query, [rows]);
    await one`
      with ours as (
        select (r ->> 'id')::uuid as id from jsonb_array_elements(${posts.rows}::text::jsonb) r
      ), since as (
        select c.id, c.offer_id in (select id from ours) and c.post_id not in (select id from ours) as only_backed
        from claims c where (c.post_id in (select id from ours) or c.offer_id in (select id from ours))
          and not exists (select from jsonb_array_elements(${claims.rows}::text::jsonb) r where (r ->> 'id')::uuid = c.id)
      )
      update claims c set offer_id = null, nudge_at = case when only_backed then c.nudge_at end,
        ask_at = case when only_backed then c.ask_at end, status = case when only_backed then c.status else 'released' end
      from since where since.id = c.id and (c.status not in ('released', 'lapsed') or c.offer_id is not null)`;
    await one`commit`;
  } catch {
    await one`rollback`.catch(() => undefined);
  } finally {
    one.release();
  }
}
