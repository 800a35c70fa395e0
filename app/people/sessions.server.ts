import type { PendingQuery, Row } from "postgres";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { isLive } from "./session-life.server.ts";

/** A signed-in browser as its owner sees it. `key` names it in a form; it is no secret and opens nothing. */
export type SessionView = { key: string; device: string; seenOn: string; createdAt: Date; isThisOne: boolean };

const KEY_LENGTH = 16;

/** Signs one browser out. Safe to repeat; an unknown token is no error. */
export async function endSession(ctx: Pick<Ctx, "db" | "now">, token: string): Promise<void> {
  await ctx.db.sql`
    update sessions set revoked_at = ${ctx.now}::timestamptz
    where token_hash = ${hashToken(token)} and revoked_at is null`;
}

/**
 * Signs people out everywhere, as a part of the statement that changes what they may do: a token from before is no key to
 * what came later.
 *
 * @param whom SQL of something with a `person_id`.
 */
export const signOutAll = ({ db: { sql }, now }: Pick<Ctx, "db" | "now">, whom: PendingQuery<Row[]>) => sql`
  update sessions s set revoked_at = ${now}::timestamptz
  from ${whom} whom where s.person_id = whom.person_id and s.revoked_at is null`;

/** My signed-in browsers, the latest first. `token` is this browser's own. */
export async function listSessions(ctx: PersonCtx, token: string | null): Promise<SessionView[]> {
  const mine = token ? hashToken(token).slice(0, KEY_LENGTH) : "";
  const rows = await ctx.db.sql<{ key: string; device: string; seen_on: string; created_at: Date }[]>`
    select left(token_hash, ${KEY_LENGTH}::int) as key, device, seen_on::text, created_at
    from sessions s
    where person_id = ${ctx.person.id}::uuid and ${isLive(ctx, ctx.now)}
    order by created_at desc limit 50`;
  return rows.map((row) => ({
    key: row.key,
    device: row.device,
    seenOn: row.seen_on,
    createdAt: row.created_at,
    isThisOne: row.key === mine,
  }));
}

/** Signs out one of my browsers by its `key`, or with `"others"` every browser but the one that holds `token`. */
export async function revokeSessions(ctx: PersonCtx, input: { key: string; token: string | null }): Promise<number> {
  const own = input.token ? hashToken(input.token) : "";
  const ended = await ctx.db.sql`
    update sessions set revoked_at = ${ctx.now}::timestamptz
    where person_id = ${ctx.person.id}::uuid and revoked_at is null
      and case when ${input.key} = 'others' then token_hash <> ${own} else left(token_hash, ${KEY_LENGTH}::int) = ${input.key} end
    returning 1`;
  return ended.length;
}
