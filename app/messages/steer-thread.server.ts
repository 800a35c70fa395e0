import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isUuid } from "#app/people/uuid.ts";
import { inTheirHands, mustBeAtTheDesk, threadsWithPeople } from "./scope.server.ts";

/** An SQL subquery: the fingerprint of a thread, if it is theirs. */
function theirThread(ctx: PersonCtx, id: string) {
  mustBeAtTheDesk(ctx);
  if (!isUuid(id)) throw new Problem("not-found");
  return ctx.db
    .sql`(select t.phone_lookup from ${threadsWithPeople(ctx)} where t.id = ${id}::uuid and ${inTheirHands(ctx)})`;
}

/**
 * Nothing more is to do: what is there so far waits for nobody any more, nor do the messages by voice. What came after
 * the page was shown still does.
 *
 * @throws Problem `not-found`.
 */
export async function putAway(ctx: PersonCtx, { id, heardUntil }: { id: string; heardUntil: Date }): Promise<void> {
  const rows = await ctx.db.sql`
    with theirs as ${theirThread(ctx, id)},
    away as (
      update text_threads t set unread_since = null, updated_at = ${ctx.now}::timestamptz
      from theirs where t.phone_lookup = theirs.phone_lookup and t.unread_since is not null
        and date_trunc('milliseconds', t.last_heard_at) <= ${heardUntil}::timestamptz
      returning t.id, t.group_id, t.phone_lookup
    ), calls as (
      update voice_calls v set handled_at = ${ctx.now}::timestamptz, updated_at = ${ctx.now}::timestamptz
      from away where v.phone_lookup = away.phone_lookup and v.handled_at is null and v.recording_sid is not null
    ), happened as (
      insert into events (type, group_id, actor_id, data, at)
      select 'thread.put_away', group_id, ${ctx.person.id}::uuid, jsonb_build_object('threadId', id), ${ctx.now}::timestamptz
      from away
    )
    select 1 from theirs`;
  if (rows.length === 0) throw new Problem("not-found");
}

/** It waits again: for another coordinator, or for later. @throws Problem `not-found`. */
export async function markUnread(ctx: PersonCtx, { id }: { id: string }): Promise<void> {
  const rows = await ctx.db.sql`
    update text_threads t set unread_since = coalesce(t.unread_since, ${ctx.now}::timestamptz), updated_at = ${ctx.now}::timestamptz
    where t.phone_lookup = ${theirThread(ctx, id)} returning 1`;
  if (rows.length === 0) throw new Problem("not-found");
}

/**
 * Another group looks after it from now on (null: nobody's, every coordinator's who may see it). It waits for them.
 * Handed to the group that has it already, nothing happens.
 *
 * @throws Problem `not-found`, `invalid-input` when there is no such group.
 */
export async function handOver(ctx: PersonCtx, { id, groupId }: { id: string; groupId: string | null }): Promise<void> {
  if (groupId !== null && !isUuid(groupId)) throw new Problem("invalid-input", { field: "group" });
  const { sql } = ctx.db;
  const [row] = await sql<{ theirs: boolean; known: boolean }[]>`
    with theirs as ${theirThread(ctx, id)},
    known as (select from groups where id = ${groupId}::uuid union all select where ${groupId}::uuid is null),
    moved as (
      update text_threads t set group_id = ${groupId}::uuid, updated_at = ${ctx.now}::timestamptz,
        unread_since = coalesce(t.unread_since, ${ctx.now}::timestamptz)
      from theirs, known where t.phone_lookup = theirs.phone_lookup and t.group_id is distinct from ${groupId}::uuid
      returning t.id
    ), happened as (
      insert into events (type, group_id, actor_id, data, at)
      select 'thread.handed_over', ${groupId}::uuid, ${ctx.person.id}::uuid, jsonb_build_object('threadId', id), ${ctx.now}::timestamptz
      from moved
    )
    select exists (select from theirs) as theirs, exists (select from known) as known`;
  if (!row!.theirs) throw new Problem("not-found");
  if (!row!.known) throw new Problem("invalid-input", { field: "group" });
}

/** They ask for the whole number: it is recorded, and shown to them for ten minutes. @throws Problem `not-found`. */
export async function seeNumber(ctx: PersonCtx, { id }: { id: string }): Promise<void> {
  const rows = await ctx.db.sql`
    insert into events (type, group_id, actor_id, data, at)
    select 'thread.number_seen', t.group_id, ${ctx.person.id}::uuid, jsonb_build_object('threadId', t.id), ${ctx.now}::timestamptz
    from text_threads t where t.phone_lookup = ${theirThread(ctx, id)} returning 1`;
  if (rows.length === 0) throw new Problem("not-found");
}

/** A message by voice was heard and needs nothing more. @throws Problem `not-found`. */
export async function putCallAway(ctx: PersonCtx, { id, callSid }: { id: string; callSid: string }): Promise<void> {
  const rows = await ctx.db.sql`
    update voice_calls set handled_at = coalesce(handled_at, ${ctx.now}::timestamptz), updated_at = ${ctx.now}::timestamptz
    where call_sid = ${callSid} and phone_lookup = ${theirThread(ctx, id)} returning 1`;
  if (rows.length === 0) throw new Problem("not-found");
}

/** The recording of a call they may listen to. @throws Problem `not-found`. */
export async function recordingOf(ctx: PersonCtx, callSid: string): Promise<string> {
  mustBeAtTheDesk(ctx);
  const [row] = await ctx.db.sql<{ recording_sid: string }[]>`
    select v.recording_sid from voice_calls v
    join text_threads t on t.phone_lookup = v.phone_lookup left join people p on p.phone_lookup = t.phone_lookup
    where v.call_sid = ${callSid} and v.recording_sid is not null and ${inTheirHands(ctx)}`;
  if (!row) throw new Problem("not-found");
  return row.recording_sid;
}
