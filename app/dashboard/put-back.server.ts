import type { PendingQuery, Row } from "postgres";
import type { PersonCtx } from "#app/core/ctx.ts";
import { giveBack, joinAgain, partAgain } from "./put-back-pairs.server.ts";
import type { Undoable } from "./undo.ts";

/** For each act, CTEs that end in `put_back` with `event_id`; no row where it cannot be put back any more. */
export const PUT_BACK: Record<Undoable, (ctx: PersonCtx) => PendingQuery<Row[]>> = {
  "post.closed": ({ db: { sql }, now }) => sql`put_back as (
      update posts p set status = act.data ->> 'was', unapproved = (act.data ->> 'was_unapproved')::boolean, closed_reason = null,
        closed_at = null, reopens_at = null, revision = p.revision + 1, updated_at = ${now}::timestamptz
      from act where p.id = act.post_id and p.status = 'closed' and p.revision = (act.data ->> 'revision')::int
      returning act.id as event_id
    )`,
  "post.approved": ({ db: { sql }, now }) => sql`put_back as (
      update posts p set status = 'in_review', unapproved = true, revision = p.revision + 1, updated_at = ${now}::timestamptz,
        concerns = array(select jsonb_array_elements_text(act.data -> 'concerns'))
      from act where p.id = act.post_id and p.status = 'open' and p.revision = (act.data ->> 'revision')::int
        and p.remaining = p.quantity
      returning act.id as event_id
    )`,
  // Who promised on it, or wrote in it, meanwhile has changed the row.
  "post.reopened": ({ db: { sql }, now }) => sql`put_back as (
      update posts p set status = 'closed', closed_reason = was.closed_reason, closed_at = was.closed_at, reopens_at = was.reopens_at,
        remaining = was.remaining, confirmed = was.confirmed, unapproved = was.unapproved, expires_at = was.expires_at,
        updated_at = ${now}::timestamptz
      from act, jsonb_to_record(act.data -> 'was') as was(closed_reason text, closed_at timestamptz, reopens_at timestamptz,
        remaining int, confirmed int, unapproved boolean, expires_at timestamptz)
      where p.id = act.post_id and p.status = 'open' and p.updated_at = act.at
      returning act.id as event_id
    )`,
  "need.asked_again": ({ db: { sql } }) => sql`never_asked as (
      delete from waves w using act
      where w.post_id = act.post_id and w.updated_at = act.at and act.data ->> 'before' is null
      returning act.id as event_id
    ), asked_before as (
      update waves w set next_at = was.next_at, round_at = was.round_at, round_from = was.round_from, updated_at = was.updated_at
      from act, jsonb_to_record(act.data -> 'before') as was(next_at timestamptz, round_at timestamptz, round_from smallint,
        updated_at timestamptz)
      where w.post_id = act.post_id and w.updated_at = act.at and act.data ->> 'before' is not null
      returning act.id as event_id
    ), put_back as (
      select event_id from never_asked union all select event_id from asked_before
    )`,
  // Where they have said meanwhile that they go, or that it holds, that stands: only the reminder is taken back.
  "claim.nudged": ({ db: { sql } }) => sql`put_back as (
      update claims c set nudged_at = (act.data ->> 'nudged_at')::timestamptz,
        nudge_at = case when c.updated_at > act.at then c.nudge_at else (act.data ->> 'nudge_at')::timestamptz end
      from act where c.id = act.claim_id and c.status in ('promised', 'on_the_way')
      returning act.id as event_id
    )`,
  // The post, and the offer that backed it, are locked as by whoever claims: both have it still, or nothing is put back.
  "claim.released": ({ db: { sql }, now }) => sql`held as (
      select p.id, p.status = 'open' and p.remaining >= (act.data ->> 'quantity')::int as there
      from act join claims c on c.id = act.claim_id join posts p on p.id in (c.post_id, c.offer_id)
      where c.status = 'released' and act.data ? 'was'
      order by p.id for update of p
    ), taken as (
      update posts p set remaining = p.remaining - (act.data ->> 'quantity')::int, updated_at = ${now}::timestamptz
      from act where p.id in (select id from held) and (select bool_and(there) from held)
      returning act.id as event_id, act.claim_id, act.data
    ), put_back as (
      update claims c set status = taken.data ->> 'was', release_reason = null, updated_at = ${now}::timestamptz,
        nudge_at = (taken.data ->> 'nudge_at')::timestamptz, ask_at = (taken.data ->> 'ask_at')::timestamptz
      from (select distinct event_id, claim_id, data from taken) taken where c.id = taken.claim_id
      returning taken.event_id
    )`,
  "post.edited": ({ db: { sql }, now }) => sql`put_back as (
      update posts p set category_id = was.category_id, title = was.title, details = was.details, quantity = was.quantity,
        remaining = p.remaining + was.quantity - p.quantity, urgency = was.urgency, place = was.place, lat = was.lat, lng = was.lng,
        visibility = was.visibility, status = was.status, unapproved = was.unapproved, concerns = was.concerns,
        expires_at = was.expires_at, revision = p.revision + 1, updated_at = ${now}::timestamptz
      from act, jsonb_populate_record(null::posts, act.data -> 'was') was
      where p.id = act.post_id and p.status <> 'closed' and p.revision = (act.data ->> 'revision')::int
        and p.remaining + was.quantity - p.quantity >= 0
      returning act.id as event_id
    )`,
  // Promises that were made there meanwhile stay with it.
  "post.sent_on": ({ db: { sql }, now }) => sql`put_back as (
      update posts p set group_id = was.group_id, category_id = was.category_id, status = was.status, unapproved = was.unapproved,
        revision = p.revision + 1, updated_at = ${now}::timestamptz
      from act, jsonb_to_record(act.data -> 'was') as was(group_id uuid, category_id uuid, status text, unapproved boolean)
      where p.id = act.post_id and p.status <> 'closed' and p.revision = (act.data ->> 'revision')::int
      returning act.id as event_id, act.post_id, act.data -> 'was' as was
    ), not_watched as (
      delete from post_watchers w using put_back
      where w.post_id = put_back.post_id and w.group_id = (put_back.was ->> 'group_id')::uuid and not (put_back.was ->> 'watched')::boolean
    ), watched_again as (
      insert into post_watchers (post_id, group_id, person_id, created_at)
      select w.post_id, w.group_id, w.person_id, w.created_at
      from put_back, jsonb_populate_record(null::post_watchers, put_back.was -> 'watching') w where w.post_id is not null
      on conflict do nothing
    )`,
  "post.split": joinAgain,
  "post.merged": partAgain,
  "claim.reassigned": giveBack,
};
