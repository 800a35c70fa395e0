import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { can } from "./membership.ts";

/** `groupId` null: everywhere, which is for admins. */
type Whom = { personId: string; groupId: string | null };

/**
 * Blocks somebody's number for a group, or everywhere: they leave it (or all), what they send waits unread by others,
 * nobody is told of it, and they cannot promise or read contacts there. The number is what is blocked, so it holds when
 * they come back. Safe to repeat.
 *
 * @throws Problem `not-allowed`; `wrong-step` when there is nobody with a number by that id, it is the asker, or a
 *   coordinator of the group (their role goes first) or an admin.
 */
export async function blockPerson(ctx: PersonCtx, { personId, groupId }: Whom): Promise<void> {
  mayBlock(ctx, groupId);
  const { sql } = ctx.db;
  const scope = groupId ?? "all";
  const [row] = await sql<{ found: boolean }[]>`
    with whom as (
      select p.id, p.phone_lookup from people p
      where p.id = ${personId}::uuid and p.phone_lookup is not null and p.id <> ${ctx.person.id}::uuid and not p.is_admin
        and not exists (select from memberships m where m.person_id = p.id and m.state = 'active' and m.role = 'coordinator'
          and (m.group_id = ${groupId}::uuid or ${groupId}::uuid is null))
    ), blocked as (
      insert into blocked_phones (phone_lookup, scope, blocked_by, created_at)
      select phone_lookup, ${scope}, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz from whom
      on conflict do nothing returning phone_lookup
    ), out as (
      update memberships m set state = 'left' from whom
      where m.person_id = whom.id and m.state <> 'left' and (m.group_id = ${groupId}::uuid or ${groupId}::uuid is null)
    ), happened as (
      insert into events (type, group_id, actor_id, data, at)
      select 'person.blocked', ${groupId}::uuid, ${ctx.person.id}::uuid,
        jsonb_build_object('personId', ${personId}::text, 'everywhere', ${groupId === null}::boolean), ${ctx.now}::timestamptz
      from blocked
    )
    select exists (select from whom) as found`;
  if (!row?.found) throw new Problem("wrong-step");
}

/** The number counts again. What it sent meanwhile waits in review like anything else. @throws Problem `not-allowed`. */
export async function unblockPerson(ctx: PersonCtx, { personId, groupId }: Whom): Promise<void> {
  mayBlock(ctx, groupId);
  await ctx.db.sql`
    with gone as (
      delete from blocked_phones b using people p
      where p.id = ${personId}::uuid and b.phone_lookup = p.phone_lookup and b.scope = ${groupId ?? "all"} returning 1
    )
    insert into events (type, group_id, actor_id, data, at)
    select 'person.unblocked', ${groupId}::uuid, ${ctx.person.id}::uuid,
      jsonb_build_object('personId', ${personId}::text, 'everywhere', ${groupId === null}::boolean), ${ctx.now}::timestamptz
    from gone`;
}

function mayBlock({ person }: PersonCtx, groupId: string | null): void {
  const may = groupId === null ? person.isAdmin : can(person, "moderate", { groupId });
  if (!may) throw new Problem("not-allowed");
}
