import type { Ctx } from "#app/core/ctx.ts";
import { HELD_UNTIL } from "./held.ts";

/**
 * The most texts a number gets in a day (UTC), of all kinds together: alerts stop first, notices next, so that answers and
 * codes still come. More is a loop, a bully or somebody who has us pay.
 */
const TEXTS_A_DAY = { codes: 60, notices: 45, alerts: 30 };

/** What the call to the provider needs. `to` and the words are still sealed. */
export type SubmittingText = {
  id: string;
  personId: string;
  phoneLookup: string;
  phoneSealed: string;
  /** The address of its sender; null when none is enrolled. */
  from: string | null;
  senderId: string | null;
  bodySealed: string | null;
  lane: number;
  attempt: number;
  expiresAt: Date;
};

/**
 * The last gate, committed before the provider is called: the text becomes `submitting`, or it is suppressed (consent, or the
 * most texts of a day, counted exactly here), expired or canceled; it goes back when its sender or its broadcast was paused meanwhile. Consent is read by this very statement, so a STOP that
 * was committed before it always wins.
 *
 * @returns null when the text must not be sent, or is no longer this worker's.
 */
export async function markSubmitting(
  ctx: Ctx,
  { id, worker, leaseSeconds }: { id: string; worker: string; leaseSeconds: number },
): Promise<SubmittingText | null> {
  const now = ctx.now;
  const until = new Date(now.getTime() + leaseSeconds * 1000);
  const [text] = await ctx.db.sql<SubmittingText[]>`
    with gate as (
      select o.id, o.attempts = 0 as counts, p.phone_sealed, p.phone_lookup, s.address,
        case
          when p.phone_sealed is null then 'canceled'
          when o.template <> 'opted_out' and (select ce.action from consent_events ce
            where ce.phone_lookup = p.phone_lookup order by ce.id desc limit 1) = 'out' then 'suppressed'
          when o.expires_at <= ${now}::timestamptz then 'expired'
          when o.template = 'new_need' and not coalesce((select ps.claimable from events e
            join posts ps on ps.id = e.post_id where e.id = o.event_id), true) then 'canceled'
          when b.state = 'stopped' then 'canceled'
          when b.state = 'paused' then 'queued'
          when not s.enabled or s.paused_until > ${now}::timestamptz then 'queued'
          else 'submitting'
        end as next, coalesce(b.state = 'paused', false) as held,
        case when ${ctx.rateLimits === false}::boolean or o.template = 'opted_out' then null
          when o.lane < 5 then ${TEXTS_A_DAY.codes}::int when o.lane < 9 then ${TEXTS_A_DAY.notices}::int
          else ${TEXTS_A_DAY.alerts}::int end as most
      from outbox o join people p on p.id = o.person_id left join senders s on s.id = o.sender_id
        left join broadcasts b on b.id = o.broadcast_id
      where o.id = ${id}::uuid and o.state = 'claimed' and o.leased_by = ${worker}
    ), counted as (
      insert into text_days as d (phone_lookup, day, sent)
      select phone_lookup, (${now}::timestamptz at time zone 'UTC')::date, 1 from gate where next = 'submitting' and counts
      on conflict (phone_lookup, day) do update set sent = d.sent + 1
        where d.sent < coalesce((select most from gate), d.sent + 1)
      returning 1
    ), decided as (
      select id, phone_sealed, phone_lookup, address, held,
        case when next = 'submitting' and counts and not exists (select from counted) then 'suppressed' else next end as next,
        next = 'submitting' and counts and not exists (select from counted) as too_many
      from gate
    ), moved as (
      update outbox o
      set state = gate.next, error_code = case when gate.too_many then 'day_cap' else o.error_code end, updated_at = ${now}::timestamptz,
        not_before = case when gate.next = 'queued' and gate.held then ${HELD_UNTIL}::timestamptz else o.not_before end,
        attempts = o.attempts + (gate.next = 'submitting')::int,
        submit_started_at = case when gate.next = 'submitting' then ${now}::timestamptz else o.submit_started_at end,
        lease_until = case when gate.next = 'submitting' then ${until}::timestamptz end,
        leased_by = case when gate.next = 'submitting' then ${worker} end,
        done_at = case when gate.next not in ('submitting', 'queued') then ${now}::timestamptz end
      from decided gate where o.id = gate.id and o.state = 'claimed' and o.leased_by = ${worker}
      returning o.id, o.person_id, o.body_sealed, o.lane, o.attempts, o.expires_at, o.state,
        o.sender_id, gate.address, gate.phone_sealed, gate.phone_lookup
    ), noted as (
      insert into outbox_attempts (outbox_id, attempt, worker, started_at)
      select id, attempts, ${worker}, ${now}::timestamptz from moved where state = 'submitting'
    )
    select id, person_id as "personId", phone_lookup as "phoneLookup", phone_sealed as "phoneSealed",
      address as "from", sender_id as "senderId",
      body_sealed as "bodySealed", lane, attempts as attempt, expires_at as "expiresAt"
    from moved where state = 'submitting'`;
  return text ?? null;
}
