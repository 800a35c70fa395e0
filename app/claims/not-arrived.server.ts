import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isUuid } from "#app/people/uuid.ts";
import { claimView } from "./claim-row.server.ts";
import { type ClaimView, NOT_ARRIVED, statesBefore } from "./claim.ts";
import { openAgain } from "./open-again.server.ts";
import { alreadyThere } from "./why-not-moved.server.ts";

/**
 * The receiver of a need says that what was said to be delivered did not come: it is open again at once, the claimer is
 * told kindly, and the coordinators hear of it, because one of the two is mistaken. Nothing is held against anybody.
 *
 * @param input `personId`: who says so; only the author of the post may.
 * @throws Problem `not-found`, `wrong-step` where it was confirmed meanwhile, or never said to be delivered.
 */
export async function notArrived(ctx: Ctx, { id, personId }: { id: string; personId: string }): Promise<ClaimView> {
  if (!isUuid(id)) throw new Problem("not-found");
  const { sql } = ctx.db;
  const scope = sql`p.kind = 'need' and p.author_id = ${personId}::uuid`;
  const [row] = await openAgain(ctx, {
    status: "released",
    event: "claim.released",
    reason: NOT_ARRIVED,
    notArrived: true,
    which: () => sql`
      select c.id from claims c join posts p on p.id = c.post_id
      where c.id = ${id}::uuid and ${scope} and c.status = any(${statesBefore("need", "released", "author")}::text[])
      for update of c`,
  });
  return row ? claimView(ctx, row) : alreadyThere(ctx, id, "released", scope);
}
