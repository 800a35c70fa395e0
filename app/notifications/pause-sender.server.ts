import type { PendingQuery, Row } from "postgres";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isUuid } from "#app/people/uuid.ts";

/** The end of a pause that somebody must end by hand. */
export const UNTIL_RESUMED = new Date("9999-01-01T00:00:00Z");

/** Told by reports, after the text was lost: trying costs a text each time, so a person must look (numbers not registered, account stopped). */
const BY_HAND = new Set(["30002", "30032", "30034"]);
/** Refused before anything was taken: tried again by itself, the second time in an hour after longer. */
const AGAIN_AFTER_MINUTES = 10;
const AGAIN_LATER_MINUTES = 60;

/** Pauses that a fresh start, perhaps with better settings, does not end. */
export const OUTLIVES_A_START = [...BY_HAND, "by_hand", "21611"];

/** Whether a report with this code says that the sender, not the text, is the trouble. */
export const pausesSender = (code: string | null): boolean => code !== null && BY_HAND.has(code);

/**
 * An UPDATE that pauses the senders of `texts` (a CTE with `sender_id`). What pauses longer already stays as it is.
 *
 * @param only an SQL condition.
 */
export function pauseSendersOf(
  ctx: Ctx,
  code: string | null,
  only: PendingQuery<Row[]>,
  texts = "moved",
): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const now = sql`${ctx.now}::timestamptz`;
  const minutes = (n: number) => sql`${now} + ${n} * interval '1 minute'`;
  const again = sql`s.paused_until <= ${now} and s.paused_until > ${now} - interval '1 hour' and s.pause_reason = ${code}::text`;
  const until = pausesSender(code)
    ? sql`${UNTIL_RESUMED}::timestamptz`
    : sql`case when ${again} then ${minutes(AGAIN_LATER_MINUTES)} else ${minutes(AGAIN_AFTER_MINUTES)} end`;
  return sql`
    update senders s set paused_until = ${until}, pause_reason = ${code}::text
    from (select distinct sender_id from ${sql(texts)} where ${only}) m
    where s.id = m.sender_id and coalesce(s.paused_until < ${until}, true)`;
}

/**
 * An admin stops one of our numbers, until somebody lets it go on. Its texts wait, or go by another number.
 *
 * @throws Problem `not-allowed`, `not-found`.
 */
export async function pauseSender(ctx: PersonCtx, { id }: { id: string }): Promise<void> {
  await set(ctx, id, { until: UNTIL_RESUMED, reason: "by_hand" });
}

/**
 * An admin lets a number go on, whatever it was paused for.
 *
 * @throws Problem `not-allowed`, `not-found`.
 */
export async function resumeSender(ctx: PersonCtx, { id }: { id: string }): Promise<void> {
  await set(ctx, id, { until: null, reason: null });
}

async function set(ctx: PersonCtx, id: string, to: { until: Date | null; reason: string | null }): Promise<void> {
  if (!ctx.person.isAdmin) throw new Problem("not-allowed");
  const rows = isUuid(id)
    ? await ctx.db.sql`
        update senders set paused_until = ${to.until}::timestamptz, pause_reason = ${to.reason}::text
        where id = ${id}::uuid and enabled returning id`
    : [];
  if (rows.length === 0) throw new Problem("not-found");
}
