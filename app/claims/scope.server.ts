import type { PendingQuery, Row, Sql } from "postgres";
import type { Ctx, SignedIn } from "#app/core/ctx.ts";
import { coordinatedGroups } from "#app/groups/membership.ts";

/** A piece of SQL that goes into another. */
export type Fragment = PendingQuery<Row[]>;

/** Which groups' claims this person may also move, as parameters for a `where`. Admins coordinate every group. */
export function coordination(person: SignedIn | null): { everywhere: boolean; groups: string[] } {
  const groups = coordinatedGroups(person);
  return groups === "all" ? { everywhere: true, groups: [] } : { everywhere: false, groups };
}

/** `where` for posts (alias `p`) that this person may see and claim; the same rule as `can(person, "claim", …)`. */
export function claimable(sql: Sql, person: SignedIn): Fragment {
  const { everywhere, groups } = coordination(person);
  const isVolunteer = Object.keys(person.roles).length > 0;
  return sql`(p.visibility = 'everyone' or p.author_id = ${person.id}::uuid or ${everywhere}
    or p.group_id = any(${groups}::uuid[]) or (p.visibility = 'volunteers' and ${isVolunteer}))`;
}

/** `where` for claims (alias `c`, their post `p`) this person may move as the claimer or on the claimer's behalf. */
export function movable(sql: Sql, ctx: Ctx): Fragment {
  const { everywhere, groups } = coordination(ctx.person);
  return sql`(c.person_id = ${ctx.person?.id ?? null}::uuid or ${everywhere} or p.group_id = any(${groups}::uuid[]))`;
}
