import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isUuid } from "#app/people/uuid.ts";
import { type ClaimRow, claimView } from "./claim-row.server.ts";
import { type ClaimView, statesBefore } from "./claim.ts";
import { movable } from "./scope.server.ts";
import { settled } from "./settled.server.ts";
import { alreadyThere } from "./why-not-moved.server.ts";

/**
 * Says that the claimer is on the way. Their promise then lapses no sooner than it would have.
 *
 * @throws Problem `not-found` where it is neither theirs nor their group's, `wrong-step` where it is past that.
 */
export async function startClaim(ctx: PersonCtx, { id }: { id: string }): Promise<ClaimView> {
  if (!isUuid(id)) throw new Problem("not-found");
  const { sql } = ctx.db;
  const scope = movable(sql, ctx);
  const [row] = await settled(
    () => sql<ClaimRow[]>`
      with target as (
        select c.id, p.group_id, p.code, p.kind, p.title, p.quantity as post_quantity, p.remaining, p.status as post_status
        from claims c join posts p on p.id = c.post_id
        where c.id = ${id}::uuid and ${scope}
          and c.status = any(case p.kind when 'need' then ${statesBefore("need", "on_the_way")}::text[]
            else ${statesBefore("offer", "on_the_way")}::text[] end)
        for update of c
      ), moved as (
        update claims set status = 'on_the_way', nudge_at = null, updated_at = ${ctx.now}::timestamptz
        from target where claims.id = target.id returning claims.*
      ), told as (
        insert into events (type, group_id, post_id, claim_id, actor_id, data, at)
        select 'claim.on_the_way', target.group_id, moved.post_id, moved.id, ${ctx.person.id}::uuid,
          jsonb_build_object('quantity', moved.quantity), ${ctx.now}::timestamptz
        from moved join target on target.id = moved.id
      )
      select moved.*, code, kind, title, post_quantity, remaining, post_status
      from moved join target on target.id = moved.id`,
  );
  return row ? claimView(ctx, row) : alreadyThere(ctx, id, "on_the_way", scope);
}
