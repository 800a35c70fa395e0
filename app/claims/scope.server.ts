import type { PendingQuery, Row, Sql } from "postgres";
import type { Ctx, SignedIn } from "#app/core/ctx.ts";
import { coordinatedGroups } from "#app/groups/membership.ts";
import type { Urgency } from "#app/posts/post.ts";

/** A piece of SQL that goes into another. */
export type Fragment = PendingQuery<Row[]>;

/** Which groups' claims this person may also move, as parameters for a `where`. Admins coordinate every group. */
export function coordination(person: SignedIn | null): { everywhere: boolean; groups: string[] } {
  const groups = coordinatedGroups(person);
  return groups === "all" ? { everywhere: true, groups: [] } : { everywhere: false, groups };
}

/** Of a need or an offer `p`: this person may bring it together with another, as its author or for its group. */
export function mayPair(ctx: Ctx): Fragment {
  const { sql } = ctx.db;
  const { everywhere, groups } = coordination(ctx.person);
  return sql`(p.author_id = ${ctx.person?.id ?? null}::uuid or ${everywhere} or p.group_id = any(${groups}::uuid[]))`;
}

/** `where` for claims (their post `p`) this person may move, as the claimer or on the claimer's behalf. */
export function movable(sql: Sql, ctx: Ctx, claims = "c"): Fragment {
  const { everywhere, groups } = coordination(ctx.person);
  const mine = sql`${sql(claims)}.person_id = ${ctx.person?.id ?? null}::uuid`;
  return sql`(${mine} or ${everywhere} or p.group_id = any(${groups}::uuid[]))`;
}

/** Hours by the urgency of the post `p`, as an SQL interval. */
export const byUrgency = (sql: Sql, hours: Record<Urgency, number>): Fragment => sql`
  make_interval(hours => case p.urgency when 'urgent' then ${hours.urgent}::int when 'soon' then ${hours.soon}::int
    else ${hours.normal}::int end)`;
