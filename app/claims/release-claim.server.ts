import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isUuid } from "#app/people/uuid.ts";
import { claimView } from "./claim-row.server.ts";
import { type ClaimView, statesBefore } from "./claim.ts";
import { openAgain } from "./open-again.server.ts";
import { movable } from "./scope.server.ts";
import { alreadyThere } from "./why-not-moved.server.ts";

/**
 * Hands a promise back; what it held is open again for others at once. No reason is asked for.
 *
 * @param input `reason`: a code such as `no_time`, never free words, because it is kept in the clear.
 * @throws Problem `not-found` where it is neither theirs nor their group's, `wrong-step` where it is delivered or over.
 */
export async function releaseClaim(
  ctx: PersonCtx,
  { id, reason }: { id: string; reason: string | null },
): Promise<ClaimView> {
  if (!isUuid(id)) throw new Problem("not-found");
  const scope = movable(ctx.db.sql, ctx);
  const [row] = await openAgain(ctx, {
    status: "released",
    event: "claim.released",
    reason,
    which: (sql) => sql`
      select c.id from claims c join posts p on p.id = c.post_id
      where c.id = ${id}::uuid and ${scope}
        and c.status = any(case p.kind when 'need' then ${statesBefore("need", "released", "claimer")}::text[]
          else ${statesBefore("offer", "released", "claimer")}::text[] end)
      for update of c`,
  });
  return row ? claimView(ctx, row) : alreadyThere(ctx, id, "released", scope);
}
