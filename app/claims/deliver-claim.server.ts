import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isUuid } from "#app/people/uuid.ts";
import { type ClaimRow, claimView } from "./claim-row.server.ts";
import { type ClaimView, RECEIPT_HOURS, statesBefore } from "./claim.ts";
import { movable } from "./scope.server.ts";
import { settled } from "./settled.server.ts";
import { alreadyThere } from "./why-not-moved.server.ts";

/**
 * Says that a promise on a need was kept, all of it or part. What did not arrive is open again at once, on the need and
 * on the offer that backed it.
 *
 * @param input `quantity` whole number ≥ 1, at most what was promised; `null` means all.
 * @throws Problem `not-found`, `wrong-step`, `invalid-input` with `{ most }` when more is said to have arrived than was promised.
 */
export async function deliverClaim(
  ctx: PersonCtx,
  { id, quantity }: { id: string; quantity: number | null },
): Promise<ClaimView> {
  if (!isUuid(id)) throw new Problem("not-found");
  const { sql } = ctx.db;
  const scope = movable(sql, ctx);
  const [row] = await settled(
    () => sql<ClaimRow[]>`
      with target as (
        select c.id, c.quantity - coalesce(${quantity}::int, c.quantity) as returned, p.group_id, p.code, p.kind, p.title,
          p.quantity as post_quantity, p.remaining, p.status as post_status
        from claims c join posts p on p.id = c.post_id
        where c.id = ${id}::uuid and ${scope} and coalesce(${quantity}::int, 1) between 1 and c.quantity
          and c.status = any(case p.kind when 'need' then ${statesBefore("need", "delivered")}::text[]
            else ${statesBefore("offer", "delivered")}::text[] end)
        for update of c
      ), moved as (
        update claims set status = 'delivered', delivered_quantity = claims.quantity - target.returned,
          nudge_at = null, ask_at = ${ctx.now}::timestamptz + make_interval(hours => ${RECEIPT_HOURS[0]}), receipt_asks = 0,
          updated_at = ${ctx.now}::timestamptz
        from target where claims.id = target.id
        returning claims.*, target.returned
      ), given_back as (
        update posts p set remaining = p.remaining + moved.returned, updated_at = ${ctx.now}::timestamptz
        from moved where p.id in (moved.post_id, moved.offer_id) and moved.returned > 0
        returning p.id, p.remaining
      ), told as (
        insert into events (type, group_id, post_id, claim_id, actor_id, data, at)
        select 'claim.delivered', target.group_id, moved.post_id, moved.id, ${ctx.person.id}::uuid,
          jsonb_build_object('quantity', moved.delivered_quantity, 'returned', moved.returned), ${ctx.now}::timestamptz
        from moved join target on target.id = moved.id
      )
      select moved.*, code, kind, title, post_quantity, coalesce(given_back.remaining, target.remaining) as remaining,
        post_status
      from moved join target on target.id = moved.id left join given_back on given_back.id = moved.post_id`,
  );
  if (row) return claimView(ctx, row);
  const claim = await alreadyThere(ctx, id, "delivered", scope).catch((error: unknown) =>
    moreThanPromised(ctx, error, { id, quantity }),
  );
  if (quantity !== null && quantity !== claim.deliveredQuantity)
    throw new Problem("wrong-step", { status: claim.status });
  return claim;
}

/** A live promise that could not be delivered was asked for more than it holds. */
async function moreThanPromised(
  ctx: PersonCtx,
  error: unknown,
  asked: { id: string; quantity: number | null },
): Promise<never> {
  const { sql } = ctx.db;
  const [claim] = await sql<{ quantity: number }[]>`
    select quantity from claims c where id = ${asked.id}::uuid and status = any(${statesBefore("need", "delivered")})`;
  const wrongStep = error instanceof Problem && error.kind === "wrong-step";
  if (wrongStep && claim && (asked.quantity ?? 1) > claim.quantity)
    throw new Problem("invalid-input", { most: claim.quantity });
  throw error;
}
