import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isPersonBlocked } from "#app/people/blocked/is-blocked.server.ts";

/**
 * Joins a group as a volunteer: at once where joining is open, else asks its coordinators. Safe to repeat: who is in or
 * has asked stays as they are and nothing is recorded twice. Whom the group blocks is told that they have asked, and nobody
 * hears of it.
 *
 * @throws Problem `not-found`.
 */
export async function joinGroup(ctx: PersonCtx, { slug }: { slug: string }): Promise<{ state: "asked" | "active" }> {
  const { sql } = ctx.db;
  const blocked = isPersonBlocked(ctx, sql`${ctx.person.id}::uuid`, sql`g.id`);
  const [row] = await ctx.db.sql<{ state: "asked" | "active" }[]>`
    with g as (select id, joining from groups where slug = ${slug}),
    joined as (
      insert into memberships as m (person_id, group_id, role, state, created_at)
      select ${ctx.person.id}::uuid, g.id, 'volunteer', case g.joining when 'open' then 'active' else 'asked' end, ${ctx.now}::timestamptz
      from g where not ${blocked}
      on conflict (person_id, group_id) do update
        set role = excluded.role, state = excluded.state, created_at = excluded.created_at
        where m.state = 'left'
      returning m.group_id, m.state
    ), recorded as (
      insert into events (type, group_id, actor_id, data, at)
      select case state when 'active' then 'group.joined' else 'group.join_asked' end, group_id, ${ctx.person.id}::uuid,
        jsonb_build_object('personId', ${ctx.person.id}::text), ${ctx.now}::timestamptz
      from joined
    )
    select coalesce(
      (select state from joined),
      (select nullif(state, 'left') from memberships where person_id = ${ctx.person.id}::uuid and group_id = g.id),
      case when g.joining = 'open' and not ${blocked} then 'active' else 'asked' end
    ) as state
    from g`;
  if (!row) throw new Problem("not-found");
  return { state: row.state };
}
