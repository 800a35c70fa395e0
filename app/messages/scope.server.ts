import type { PendingQuery, Row } from "postgres";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { coordinatedGroups, isCoordinator } from "#app/groups/membership.ts";

/** The groups somebody coordinates as an array for SQL; null for an admin, who sees all. */
export const theirGroups = (ctx: PersonCtx): string[] | null => {
  const groups = coordinatedGroups(ctx.person);
  return groups === "all" ? null : groups;
};

/** @throws Problem `not-allowed` unless they coordinate anything. */
export function mustBeAtTheDesk(ctx: PersonCtx): void {
  if (!isCoordinator(ctx.person)) throw new Problem("not-allowed");
}

/**
 * An SQL condition on `t` (`text_threads`) and `p` (its person, may be null): a thread this coordinator may see. That is
 * one of their groups'; of the others that no group has taken, those of people in their groups, and of people who are
 * in no group at all: somebody new is everybody's to welcome. Admins see all.
 */
export function inTheirHands(ctx: PersonCtx): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const groups = theirGroups(ctx);
  if (groups === null) return sql`true`;
  if (groups.length === 0) return sql`false`;
  const theirs = sql`any(${groups}::uuid[])`;
  return sql`(t.group_id = ${theirs} or t.group_id is null and (
    exists (select from memberships m where m.person_id = p.id and m.state = 'active' and m.group_id = ${theirs})
    or exists (select from posts o where o.author_id = p.id and o.group_id = ${theirs})
    or not exists (select from memberships m where m.person_id = p.id and m.state = 'active')
      and not exists (select from posts o where o.author_id = p.id)))`;
}

/** The person of a thread is whoever has its number now, also if they came after it. */
export const threadsWithPeople = (ctx: PersonCtx): PendingQuery<Row[]> => ctx.db.sql`
  text_threads t left join people p on p.phone_lookup = t.phone_lookup`;

/**
 * An SQL condition on `i` (`inbound_texts`): words that were said to us. What was said to the other side of a promise is
 * theirs alone, and until a worker has read a text nobody knows which it is.
 */
export const saidToUs = (ctx: PersonCtx): PendingQuery<Row[]> => ctx.db.sql`
  (i.handled_at is not null and coalesce(i.outcome, 'inbox') <> 'relay')`;

/** An SQL condition on `o` (`outbox`): texts that were said in this thread and that this coordinator may read. */
export function saidByUs(ctx: PersonCtx): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const groups = theirGroups(ctx);
  const theirs =
    groups === null
      ? sql`true`
      : sql`(o.template = 'reply' or o.group_id is null or o.group_id = any(${groups}::uuid[]))`;
  return sql`(o.template not in ('relay', 'sign_in_code') and ${theirs})`;
}

/** An SQL expression for `t.unread_since` after somebody dealt with a thread: what came after they saw it still waits. */
export const stillUnread = (ctx: PersonCtx, heardUntil: Date): PendingQuery<Row[]> => ctx.db.sql`
  case when date_trunc('milliseconds', t.last_heard_at) <= ${heardUntil}::timestamptz then null else t.unread_since end`;
