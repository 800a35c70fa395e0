import type { PersonCtx } from "#app/core/ctx.ts";
import { openName } from "#app/people/person.server.ts";
import type { GroupInView } from "./scope.server.ts";

export type Joining = { personId: string; name: string | null; groupId: string; group: string; seconds: number };

/** Enough for one evening; the rest come up as these are settled. */
const MOST = 50;

type Row = { id: string; name_sealed: string | null; group_id: string; created_at: Date; total: number };

/** Who asks to join these groups, the longest waiting first, and how many they are. The groups must come from `groupsInView`. */
export async function waitingToJoin(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
): Promise<{ asking: Joining[]; total: number }> {
  const rows = await ctx.db.sql<Row[]>`
    select people.id, people.name_sealed, memberships.group_id, memberships.created_at, count(*) over ()::int as total
    from memberships join people on people.id = memberships.person_id
    where memberships.group_id = any(${groups.map((group) => group.id)}::uuid[]) and memberships.state = 'asked'
    order by memberships.created_at limit ${MOST}`;
  const asking = rows.map((row) => ({
    personId: row.id,
    name: openName(ctx.seal, row),
    groupId: row.group_id,
    group: groups.find((group) => group.id === row.group_id)!.name,
    seconds: Math.max(0, Math.floor((ctx.now.getTime() - row.created_at.getTime()) / 1000)),
  }));
  return { asking, total: rows[0]?.total ?? 0 };
}
