import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

/** A pause that ends sooner is waited for; the texts of a sender that pauses longer go by another. */
export const LONG_PAUSE_MINUTES = 15;

/**
 * An SQL expression: which of our enabled senders texts this person. The same one as long as it can send (rendezvous
 * hashing: one more or one less moves only its share), so that a conversation stays in one thread on their phone. Null
 * when none is enrolled.
 *
 * @param person the column with the person's id.
 */
export function senderFor(ctx: Ctx, person: PendingQuery<Row[]>): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  return sql`(
    select s.id from senders s where s.enabled
    order by ${pausesLong(ctx)}, hashtextextended(s.address || (${person})::text, 0) desc limit 1)`;
}

/** Of the row `s` of `senders`. */
export const pausesLong = (ctx: Ctx): PendingQuery<Row[]> => ctx.db.sql`
  coalesce(s.paused_until > ${ctx.now}::timestamptz + ${LONG_PAUSE_MINUTES} * interval '1 minute', false)`;

/** An SQL expression: the sender this person last wrote to, so that an answer comes from there. Null when none is in use. */
export const lastWrittenTo = (ctx: Ctx, person: PendingQuery<Row[]>): PendingQuery<Row[]> => ctx.db.sql`(
  select s.id from people p
  cross join lateral (select t.to_number from inbound_texts t where t.phone_lookup = p.phone_lookup
    order by t.received_at desc limit 1) heard
  join senders s on s.address = heard.to_number
  where p.id = ${person} and s.enabled and not ${pausesLong(ctx)})`;
