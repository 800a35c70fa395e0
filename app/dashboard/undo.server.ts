import type { PendingQuery, Row } from "postgres";
import { undoUntil, withUndo, type PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { settled } from "#app/claims/settled.server.ts";
import { PUT_BACK } from "./put-back.server.ts";
import { UNDOABLE, type LastAct, type Undoable } from "./undo.ts";

/** What this person did last, while it can be taken back; null otherwise. Title and all, as they have just seen it. */
export async function lastAct(ctx: PersonCtx): Promise<LastAct | null> {
  const [row] = await ctx.db.sql<{ id: string; type: Undoable; title: string }[]>`
    select e.id, e.type, p.title from events e join posts p on p.id = e.post_id
    where ${stillHeld(ctx)} order by e.id desc limit 1`;
  return row ? { eventId: Number(row.id), type: row.type, title: row.title } : null;
}

/** Events `e` of the asker that nobody was told of yet, and will not be for a moment. An edit that is half of a split goes with it. */
export const stillHeld = (ctx: PersonCtx): PendingQuery<Row[]> => ctx.db.sql`
  e.fanned_out_at is null and e.hold_until > ${heldLongerThan(ctx)}::timestamptz and e.actor_id = ${ctx.person.id}::uuid
    and e.type = any(${[...UNDOABLE]}::text[]) and not e.data ? 'undone' and (e.type <> 'post.edited' or e.data ? 'was')`;

/** An act can be taken back while its events are held longer than those of one whose time is over right now. */
const heldLongerThan = (ctx: PersonCtx): Date => {
  const margin = withUndo(ctx).holdUntil!.getTime() - undoUntil(withUndo(ctx).holdUntil!).getTime();
  return new Date(ctx.now.getTime() + margin);
};

/**
 * Puts back what the asker did within the last ten seconds: a closed post is open as before, an edited one says what it said, a part
 * is whole again, two that became one are two, what was sent on is theirs, a promise that was handed back or given to somebody else
 * is theirs again, a reminder is not sent, an approved post waits, one that came back is closed, nobody is asked again. In one
 * statement: the rows, and that nobody is told.
 *
 * @throws Problem `too-late-to-undo` when the time is over or it was taken back already, `changed-meanwhile` when somebody
 *   else has gone on from there (or promised what was handed back).
 */
export async function undoAct(ctx: PersonCtx, { eventId }: { eventId: number }): Promise<void> {
  const { sql } = ctx.db;
  const [held] = await sql<{ type: Undoable }[]>`
    select e.type from events e where e.id = ${eventId} and ${stillHeld(ctx)}`;
  if (!held) throw new Problem("too-late-to-undo");
  const [undone] = await settled(
    () => sql`
    with act as (
      select e.* from events e where e.id = ${eventId} and ${stillHeld(ctx)} for update
    ), ${PUT_BACK[held.type](ctx)}, quiet as (
      update events e set fanned_out_at = ${ctx.now}::timestamptz, data = e.data - 'was' || '{"undone": true}',
        claim_id = case when e.type <> 'post.claimed' then e.claim_id end
      from put_back where e.id = put_back.event_id
      returning e.id, e.type, e.group_id, e.post_id, e.claim_id
    )
    insert into events (type, group_id, post_id, claim_id, actor_id, data, at, fanned_out_at)
    select 'act.undone', group_id, post_id, claim_id, ${ctx.person.id}::uuid, jsonb_build_object('type', type),
      ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from quiet
    returning id`,
  );
  if (!undone) throw new Problem("changed-meanwhile");
}
