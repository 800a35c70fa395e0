import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { inTheirHands } from "./scope.server.ts";

type Seen = { id: string; version: number };

/**
 * A second coordinator of the group (or an admin) lets a waiting broadcast go. Never its author; of two who press at
 * once one does it.
 *
 * @throws Problem `wrong-step` when it does not wait any more, or waits for somebody else.
 */
export async function approveBroadcast(ctx: PersonCtx, { id, version }: Seen): Promise<void> {
  const moved = await ctx.db.sql`
    update broadcasts b
    set state = 'sending', approved_by = ${ctx.person.id}::uuid, approved_at = ${ctx.now}::timestamptz,
      updated_at = ${ctx.now}::timestamptz
    where b.id = ${id}::uuid and b.state = 'waiting' and b.author_id is distinct from ${ctx.person.id}::uuid
      and b.updated_at = ${new Date(version)}::timestamptz and ${inTheirHands(ctx)}
    returning b.id`;
  if (moved.length === 0) throw new Problem("wrong-step");
}

/**
 * Back to a draft, to be changed: by its author or by whoever was asked to let it go.
 *
 * @throws Problem `wrong-step`.
 */
export async function reviseBroadcast(ctx: PersonCtx, { id }: { id: string }): Promise<void> {
  const moved = await ctx.db.sql`
    update broadcasts b set state = 'draft', updated_at = ${ctx.now}::timestamptz
    where b.id = ${id}::uuid and b.state = 'waiting' and ${inTheirHands(ctx)}
    returning b.id`;
  if (moved.length === 0) throw new Problem("wrong-step");
}
