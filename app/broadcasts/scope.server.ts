import type { PendingQuery, Row } from "postgres";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { can, coordinatedGroups } from "#app/groups/membership.ts";

/** @throws Problem `not-allowed` unless they coordinate the group; everybody (null) may be written to by admins only. */
export function mustCoordinate(ctx: PersonCtx, groupId: string | null): void {
  const may = groupId === null ? ctx.person.isAdmin : can(ctx.person, "coordinate", { groupId });
  if (!may) throw new Problem("not-allowed");
}

/** An SQL condition on `b`: a broadcast of a group they coordinate. Admins see all. */
export function inTheirHands(ctx: PersonCtx): PendingQuery<Row[]> {
  const groups = coordinatedGroups(ctx.person);
  return groups === "all" ? ctx.db.sql`true` : ctx.db.sql`b.group_id = any(${groups}::uuid[])`;
}
