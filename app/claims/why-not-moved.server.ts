import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { type ClaimRow, claimView } from "./claim-row.server.ts";
import type { ClaimStatus, ClaimView } from "./claim.ts";
import type { Fragment } from "./scope.server.ts";

/**
 * After a step that moved nothing: the claim as it is, if it already stands where it should (a request sent twice).
 *
 * @param scope `where` over claims `c` and posts `p`: who may move it.
 * @throws Problem `not-found` where the person has no part in the claim, `wrong-step` where it cannot go there from here.
 */
export async function alreadyThere(ctx: Ctx, id: string, to: ClaimStatus, scope: Fragment): Promise<ClaimView> {
  const { sql } = ctx.db;
  const [row] = await sql<ClaimRow[]>`
    select c.*, p.code, p.kind, p.title, p.quantity as post_quantity, p.remaining, p.status as post_status
    from claims c join posts p on p.id = c.post_id where c.id = ${id}::uuid and ${scope}`;
  if (!row) throw new Problem("not-found");
  if (row.status !== to) throw new Problem("wrong-step", { status: row.status });
  return claimView(ctx, row, true);
}
