import type { Ctx } from "#app/core/ctx.ts";
import { TAKE_BACK_HOURS } from "./change-number.server.ts";
import { isInTime } from "./session-life.server.ts";

const DAY_MS = 86_400_000;

/** Clock job, safe to repeat: drops codes, sessions, limit counters, spent proofs, changes of numbers and counts of texts a day after they stopped meaning anything. */
export async function forgetSignIns(ctx: Ctx): Promise<number> {
  const dayAgo = new Date(ctx.now.getTime() - DAY_MS);
  const [gone] = await ctx.db.sql<{ n: number }[]>`
    with old as (select ${dayAgo}::timestamptz as at),
    numbers as (delete from number_changes n using old where n.at < old.at - make_interval(hours => ${TAKE_BACK_HOURS}) returning 1),
    codes as (delete from sign_in_codes using old where expires_at < old.at returning 1),
    ended as (delete from sessions s using old where s.revoked_at < old.at or not ${isInTime(ctx, dayAgo)} returning 1),
    proofs as (delete from spent_proofs using old where expires_at < old.at returning 1),
    counts as (delete from text_days using old where day < (old.at at time zone 'UTC')::date - 1 returning 1),
    limits as (delete from rate_limits using old where window_start < old.at - interval '1 day' returning 1)
    select ((select count(*) from codes) + (select count(*) from ended) + (select count(*) from limits)
      + (select count(*) from proofs) + (select count(*) from counts) + (select count(*) from numbers))::int as n`;
  return gone!.n;
}
