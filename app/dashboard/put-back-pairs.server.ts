import type { PendingQuery, Row } from "postgres";
import type { PersonCtx } from "#app/core/ctx.ts";

/* What undoes the acts that two rows were part of: both are locked, in order, before either is looked at. */

/** A part that nobody touched is one with its post again; it is closed and leads there, as a duplicate does. */
export const joinAgain = ({ db: { sql }, now }: PersonCtx): PendingQuery<Row[]> => sql`
    locked as (
      select p.id, p.split_from, p.status, p.quantity, p.remaining, p.revision, p.updated_at
      from act join posts part on part.id = act.post_id join posts p on p.id in (part.id, part.split_from)
      order by p.id for update of p
    ), whole as (
      select act.id as event_id, act.at, act.actor_id, part.id as part, part.quantity, first.id as first
      from act, locked part, locked first
      where part.id = act.post_id and first.id = part.split_from and part.status <> 'closed' and first.status <> 'closed'
        and part.revision = 0 and part.updated_at = act.at and part.remaining = part.quantity
    ), grown as (
      update posts p set quantity = p.quantity + whole.quantity, remaining = p.remaining + whole.quantity, revision = p.revision + 1,
        updated_at = ${now}::timestamptz
      from whole where p.id = whole.first
    ), closed as (
      update posts p set status = 'closed', closed_reason = 'declined', closed_at = ${now}::timestamptz, merged_into = whole.first,
        revision = p.revision + 1, updated_at = ${now}::timestamptz
      from whole where p.id = whole.part
    ), put_back as (
      select event_id from whole
      union all
      select e.id from events e join whole on e.post_id = whole.first and e.actor_id = whole.actor_id and e.at = whole.at
      where e.type = 'post.edited' and e.fanned_out_at is null
    )`;

/** Two that became one are two again, each with its promises and its line, where none of those promises moved on. */
export const partAgain = ({ db: { sql }, now }: PersonCtx): PendingQuery<Row[]> => sql`
    locked as (
      select p.id, p.status, p.revision, p.merged_into
      from act join posts p on p.id in (act.post_id, (act.data #>> '{was,kept}')::uuid) order by p.id for update of p
    ), held as (
      select c.id, c.quantity
      from act cross join lateral jsonb_array_elements_text(act.data #> '{was,claims}') m(id) join claims c on c.id = m.id::uuid
      where c.status in ('promised', 'on_the_way') and c.updated_at = act.at and (select count(*) from locked) = 2
      for update of c
    ), pair as (
      select act.id as event_id, act.data -> 'was' as was, dropped.id as dropped, kept.id as kept,
        (select coalesce(sum(quantity), 0)::int from held) as promised
      from act join locked dropped on dropped.id = act.post_id join locked kept on kept.id = dropped.merged_into
      where dropped.status = 'closed' and dropped.revision = (act.data ->> 'revision')::int
        and kept.status <> 'closed' and kept.revision = (act.data #>> '{was,kept_revision}')::int
        and (select count(*) from held) = jsonb_array_length(act.data #> '{was,claims}')
    ), moved as (
      update claims c set post_id = case when c.post_id = pair.kept then pair.dropped else c.post_id end,
        offer_id = case when c.offer_id = pair.kept then pair.dropped else c.offer_id end, updated_at = ${now}::timestamptz
      from pair where c.id in (select id from held)
    ), asked as (
      update questions q set post_id = pair.dropped from pair
      where q.claim_id in (select id from held) and q.post_id = pair.kept and q.closed_at is null
    ), line as (
      select pair.dropped, w.* from pair, jsonb_to_recordset(pair.was -> 'line') as w(person_id uuid, quantity int,
        created_at timestamptz, offered_at timestamptz, new boolean)
      where exists (select from waiting_list k where k.post_id = pair.kept and k.person_id = w.person_id)
    ), lined as (
      insert into waiting_list (post_id, person_id, quantity, created_at, offered_at)
      select dropped, person_id, quantity, created_at, offered_at from line on conflict do nothing
    ), left_line as (
      delete from waiting_list w using pair, line where w.post_id = pair.kept and w.person_id = line.person_id and line.new
    ), freed as (
      update posts p set remaining = p.remaining + pair.promised, revision = p.revision + 1, updated_at = ${now}::timestamptz,
        first_claimed_at = case when exists (select from claims c where p.id in (c.post_id, c.offer_id) and c.id not in (select id from held))
          then p.first_claimed_at else (pair.was ->> 'first_claimed_at')::timestamptz end
      from pair where p.id = pair.kept
    ), put_back as (
      update posts p set status = pair.was ->> 'status', closed_reason = null, closed_at = null, merged_into = null,
        remaining = p.remaining - pair.promised, revision = p.revision + 1, updated_at = ${now}::timestamptz
      from pair where p.id = pair.dropped
      returning pair.event_id
    )`;

/** Whoever had the promise has it again, out of the same offer, where the other has not begun; the other never had it. */
export const giveBack = ({ db: { sql }, now }: PersonCtx): PendingQuery<Row[]> => sql`
    locked as (
      select p.id, p.status, p.remaining from act join claims c on c.id = act.claim_id join posts p on p.id in (c.post_id, c.offer_id)
      order by p.id for update of p
    ), theirs as (
      select act.id as event_id, act.at, act.actor_id, act.data, act.claim_id as old, c.offer_id, c.quantity, n.id as made
      from act join claims c on c.id = act.claim_id join claims n on n.id = (act.data ->> 'made')::uuid
      where c.status = 'released' and n.status = 'promised' and n.updated_at = act.at
        and not exists (select from locked l where l.status <> 'open' or l.id = c.offer_id and l.remaining < c.quantity)
      for update of c, n
    ), taken as (
      update posts o set remaining = o.remaining - theirs.quantity, updated_at = ${now}::timestamptz
      from theirs where o.id = theirs.offer_id
    ), never as (
      delete from claims n using theirs where n.id = theirs.made
    ), again as (
      update claims c set status = theirs.data ->> 'was', release_reason = null, nudge_at = (theirs.data ->> 'nudge_at')::timestamptz,
        ask_at = (theirs.data ->> 'ask_at')::timestamptz, updated_at = ${now}::timestamptz
      from theirs where c.id = theirs.old
    ), put_back as (
      select event_id from theirs
      union all
      select e.id from events e join theirs on e.claim_id = theirs.made and e.actor_id = theirs.actor_id and e.at = theirs.at
      where e.type = 'post.claimed' and e.fanned_out_at is null
    )`;
