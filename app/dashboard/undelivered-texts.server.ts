import type { PersonCtx } from "#app/core/ctx.ts";
import { openName } from "#app/people/person.server.ts";
import type { GroupInView } from "./scope.server.ts";
import { whyOf, type Why } from "./why-undelivered.ts";

export type Undelivered = { id: string; name: string | null; group: string; seconds: number; why: Why };

const MOST = 10;

/** The newest texts of a period that did not arrive: to whom and why, never the words. Groups as from `groupsInView`. */
export async function undeliveredTexts(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
  { from, to }: { from: Date; to: Date },
): Promise<Undelivered[]> {
  type Row = {
    outbox_id: string;
    id: string;
    name_sealed: string | null;
    group_id: string;
    created_at: Date;
    error_code: string | null;
  };
  const rows = await ctx.db.sql<Row[]>`
    select outbox.id as outbox_id, people.id, people.name_sealed, outbox.group_id, outbox.created_at, outbox.error_code
    from outbox join people on people.id = outbox.person_id
    where outbox.group_id = any(${groups.map((group) => group.id)}::uuid[])
      and outbox.created_at >= ${from}::timestamptz and outbox.created_at < ${to}::timestamptz
      and outbox.state in ('undelivered', 'failed', 'dead')
    order by outbox.created_at desc limit ${MOST}`;
  return rows.map((row) => ({
    id: row.outbox_id,
    name: openName(ctx.seal, row),
    group: groups.find((group) => group.id === row.group_id)!.name,
    seconds: Math.max(0, Math.floor((ctx.now.getTime() - row.created_at.getTime()) / 1000)),
    why: whyOf(row.error_code),
  }));
}
