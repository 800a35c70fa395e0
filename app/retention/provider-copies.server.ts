import type { Ctx } from "#app/core/ctx.ts";
import type { ForgetCopy } from "#app/sms/sms.ts";

/** Of each kind at one go; the worker comes again ten minutes later. */
const AT_ONCE = 60;
const AGAIN_HOURS = 6;

/** Where copies lie with the provider: what of ours is erased already, and by which id the provider knows it. */
const KINDS = [
  {
    kind: "text",
    table: "outbox",
    sid: "provider_sid",
    erased: "body_sealed is null",
    over: "state not in ('submitting', 'uncertain')",
  },
  {
    kind: "text",
    table: "inbound_texts",
    sid: "message_sid",
    erased: "from_sealed is null",
    over: "handled_at is not null",
  },
  { kind: "recording", table: "voice_calls", sid: "recording_sid", erased: "from_sealed is null", over: "true" },
] as const;

/**
 * Has the provider delete its copies of what is erased here: what it keeps, others can ask it for. What it refuses is tried again six hours
 * later. Safe to repeat: what is gone counts as deleted.
 *
 * @returns how many copies are gone.
 */
export async function forgetProviderCopies(ctx: Ctx, forgetCopy: ForgetCopy): Promise<number> {
  const { sql } = ctx.db;
  let gone = 0;
  for (const { kind, table, sid, erased, over } of KINDS) {
    const due = await sql<{ sid: string }[]>`
      select ${sql(sid)} as sid from ${sql(table)}
      where ${sql.unsafe(erased)} and ${sql(sid)} is not null and provider_next_at <= ${ctx.now}::timestamptz and ${sql.unsafe(over)}
      order by provider_next_at limit ${AT_ONCE}`;
    for (const row of due) {
      const done = (await forgetCopy({ kind, sid: row.sid })) === "gone";
      const next = done ? null : new Date(ctx.now.getTime() + AGAIN_HOURS * 3_600_000);
      await sql`update ${sql(table)} set provider_next_at = ${next}::timestamptz where ${sql(sid)} = ${row.sid}`;
      if (done) gone += 1;
    }
  }
  return gone;
}
