import type { Ctx } from "#app/core/ctx.ts";

type Limit = { key: string; max: number; perSeconds: number };

/**
 * Takes one from a limit of `max` per fixed window of `perSeconds`, in one upsert: exact however many ask at once.
 * The key is kept as a keyed hash, so neither numbers nor addresses can be read back.
 *
 * @returns false when nothing is left in this window.
 */
export async function takeFromLimit(ctx: Ctx, { key, max, perSeconds }: Limit): Promise<boolean> {
  if (ctx.rateLimits === false) return true;
  const length = perSeconds * 1000;
  const windowStart = new Date(Math.floor(ctx.now.getTime() / length) * length);
  const taken = await ctx.db.sql`
    insert into rate_limits as r (key, window_start, hits)
    values (${ctx.seal.lookup("limit", `${key}|${perSeconds}`)}, ${windowStart}::timestamptz, 1)
    on conflict (key, window_start) do update set hits = r.hits + 1 where r.hits < ${max}::int
    returning hits`;
  return taken.length === 1;
}

/** Seconds until the window of `perSeconds` that `now` lies in is over, at least 1. */
export function secondsLeft(now: Date, perSeconds: number): number {
  const length = perSeconds * 1000;
  return Math.max(1, Math.ceil((length - (now.getTime() % length)) / 1000));
}
