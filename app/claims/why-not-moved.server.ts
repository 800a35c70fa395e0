import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { type ClaimRow, claimView } from "./claim-row.server.ts";
import { type ClaimStatus, type ClaimView, isLive } from "./claim.ts";
import type { Fragment } from "./scope.server.ts";

/**
 * After a step that moved nothing: the claim as it is, if it already stands where it should (a request sent twice).
 *
 * @param scope `where` over claims `c` and posts `p`: who may move it.
 * @throws Problem `not-found` where the person has no part in the claim, `wrong-step` where it cannot go there from here.
 */
export const alreadyThere = (ctx: Ctx, id: string, to: ClaimStatus, scope: Fragment): Promise<ClaimView> =>
  unmoved(ctx, id, (row) => row.status === to, scope);

/** The same for what only moves the times of a live promise: it holds for long enough already. */
export const stillLive = (ctx: Ctx, id: string, scope: Fragment): Promise<ClaimView> =>
  unmoved(ctx, id, (row) => isLive(row.status) && row.post_status !== "closed", scope);

async function unmoved(ctx: Ctx, id: string, isFine: (row: ClaimRow) => boolean, scope: Fragment): Promise<ClaimView> {
  const { sql } = ctx.db;
  const [row] = await sql<ClaimRow[]>`
    select c.*, p.code, p.kind, p.title, p.quantity as post_quantity, p.remaining, p.status as post_status
    from claims c join posts p on p.id = c.post_id where c.id = ${id}::uuid and ${scope}`;
  if (!row) throw new Problem("not-found");
  if (!isFine(row)) throw new Problem("wrong-step", { status: row.status });
  return claimView(ctx, row, true);
}
