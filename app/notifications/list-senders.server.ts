import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isCoordinator } from "#app/groups/membership.ts";

/** One of our numbers, as coordinators see how it does. */
export type SenderHealth = {
  id: string;
  /** E.164, or `MG…` for a messaging service. */
  address: string;
  /** Segments a second. */
  rate: number;
  /** Null while it sends. In the year 9999: until somebody lets it go on. */
  pausedUntil: Date | null;
  /** The provider's code, or `by_hand`. */
  pauseReason: string | null;
  /** Segments since midnight in its time zone. */
  sentToday: number;
  dailyCap: number | null;
  /** Texts handed to the provider in the last 24 hours, and what became of them; `filtered` (30007) are of the failed. */
  last24h: { sent: number; delivered: number; failed: number; filtered: number };
};

/**
 * The senders in use. For coordinators.
 *
 * @throws Problem `not-allowed`.
 */
export async function listSenders(ctx: PersonCtx): Promise<SenderHealth[]> {
  if (!isCoordinator(ctx.person)) throw new Problem("not-allowed");
  return ctx.db.sql<SenderHealth[]>`
    select s.id, s.address, s.rate::float8 as rate,
      case when s.paused_until > ${ctx.now}::timestamptz then s.paused_until end as "pausedUntil",
      case when s.paused_until > ${ctx.now}::timestamptz then s.pause_reason end as "pauseReason",
      case when s.day >= (${ctx.now}::timestamptz at time zone s.time_zone)::date then s.sent_today else 0 end as "sentToday",
      s.daily_cap as "dailyCap", health.figures as "last24h"
    from senders s cross join lateral (
      select jsonb_build_object('sent', count(*),
        'delivered', count(*) filter (where o.state = 'delivered'),
        'failed', count(*) filter (where o.state in ('undelivered', 'failed', 'dead')),
        'filtered', count(*) filter (where o.error_code = '30007')) as figures
      from outbox o
      where o.sender_id = s.id and o.submit_started_at > ${ctx.now}::timestamptz - interval '24 hours'
    ) health
    where s.enabled order by s.address`;
}
