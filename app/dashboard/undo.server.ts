import type { PendingQuery, Row } from "postgres";
import { undoUntil, withUndo, type PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { UNDOABLE, type LastAct, type Undoable } from "./undo.ts";

/** What this person did last, while it can be taken back; null otherwise. Title and all, as they have just seen it. */
export async function lastAct(ctx: PersonCtx): Promise<LastAct | null> {
  const [row] = await ctx.db.sql<{ id: string; type: Undoable; title: string }[]>`
    select e.id, e.type, p.title from events e join posts p on p.id = e.post_id
    where ${stillHeld(ctx)} order by e.id desc limit 1`;
  return row ? { eventId: Number(row.id), type: row.type, title: row.title } : null;
}

/** Events `e` of the asker that nobody was told of yet, and will not be for a moment. */
const stillHeld = (ctx: PersonCtx): PendingQuery<Row[]> => ctx.db.sql`
  e.fanned_out_at is null and e.hold_until > ${heldLongerThan(ctx)}::timestamptz and e.actor_id = ${ctx.person.id}::uuid
    and e.type = any(${[...UNDOABLE]}::text[]) and not e.data ? 'undone'`;

/** An act can be taken back while its events are held longer than those of one whose time is over right now. */
const heldLongerThan = (ctx: PersonCtx): Date => {
  const margin = withUndo(ctx).holdUntil!.getTime() - undoUntil(withUndo(ctx).holdUntil!).getTime();
  return new Date(ctx.now.getTime() + margin);
};

/**
 * Puts back what the asker did within the last ten seconds: a closed post is open as before, a promise that was handed back is
 * theirs again, a reminder is not sent, an approved post waits, one that came back is closed, nobody is asked again. In one statement: the row, and that nobody is told.
 *
 * @throws Problem `too-late-to-undo` when the time is over or it was taken back already, `changed-meanwhile` when somebody
 *   else has gone on from there (or promised what was handed back).
 */
export async function undoAct(ctx: PersonCtx, { eventId }: { eventId: number }): Promise<void> {
  const { sql } = ctx.db;
  const [held] = await sql<{ type: Undoable }[]>`
    select e.type from events e where e.id = ${eventId} and ${stillHeld(ctx)}`;
  if (!held) throw new Problem("too-late-to-undo");
  const [undone] = await sql`
    with act as (
      select e.* from events e where e.id = ${eventId} and ${stillHeld(ctx)} for update
    ), ${PUT_BACK[held.type](ctx)}, quiet as (
      update events e set fanned_out_at = ${ctx.now}::timestamptz, data = e.data || '{"undone": true}'
      from put_back where e.id = put_back.event_id
      returning e.id, e.type, e.group_id, e.post_id, e.claim_id
    )
    insert into events (type, group_id, post_id, claim_id, actor_id, data, at, fanned_out_at)
    select 'act.undone', group_id, post_id, claim_id, ${ctx.person.id}::uuid, jsonb_build_object('type', type),
      ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from quiet
    returning id`;
  if (!undone) throw new Problem("changed-meanwhile");
}

/** For each act, CTEs that end in `put_back` with `event_id`; no row where it cannot be put back any more. */
const PUT_BACK: Record<Undoable, (ctx: PersonCtx) => PendingQuery<Row[]>> = {
  "post.closed": ({ db: { sql }, now }) => sql`put_back as (
      update posts p set status = act.data ->> 'was', unapproved = (act.data ->> 'was_unapproved')::boolean, closed_reason = null,
        closed_at = null, reopens_at = null, revision = p.revision + 1, updated_at = ${now}::timestamptz
      from act where p.id = act.post_id and p.status = 'closed' and p.revision = (act.data ->> 'revision')::int
      returning act.id as event_id
    )`,
  "post.approved": ({ db: { sql }, now }) => sql`put_back as (
      update posts p set status = 'in_review', unapproved = true, revision = p.revision + 1, updated_at = ${now}::timestamptz
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
};
