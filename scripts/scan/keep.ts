import { hashToken, newToken } from "#app/core/ids.server.ts";
import type { Sql } from "postgres";

/** What a scan may delete or close, parents first. */
const TABLES = ["people", "memberships", "posts", "claims", "text_threads", "drafts", "sign_in_codes"];
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
export async function keepWorld(sql: Sql): Promise<() => Promise<void>> {
  const kept = await Promise.all([...TABLES, "sessions"].map((table) => remember(sql, table)));
  let busy: Promise<void> = Promise.resolve();
  let idle = true;
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    busy = putBack(sql, kept).finally(() => void (idle = true));
  }, EVERY_MS);
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

async function putBack(sql: Sql, kept: Kept[]): Promise<void> {
  // Somebody new may have the number of somebody who was deleted, or the database may be busy: the next time, then.
  for (const { query, rows } of kept) await sql.unsafe(query, [rows]).catch(() => undefined);
  await sql`update sessions set created_at = now() where created_at < now() - interval '1 minute'`.catch(
    () => undefined,
  );
}
