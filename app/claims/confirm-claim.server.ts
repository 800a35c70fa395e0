import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { claimView } from "./claim-row.server.ts";
import { type ClaimView, statesBefore } from "./claim.ts";
import { confirm } from "./confirm.server.ts";
import { alreadyThere } from "./why-not-moved.server.ts";

/**
 * The one who received says so: of a need its author, signed in or by the secret of their private link; of an offer the
 * one who claimed it.
 *
 * @param input `token`: the secret of `/m/<token>`, or `null`.
 * @throws Problem `not-found` where the claim is not theirs to confirm, `wrong-step` where it was handed back or lapsed.
 */
export async function confirmClaim(ctx: Ctx, { id, token }: { id: string; token: string | null }): Promise<ClaimView> {
  if (!isUuid(id)) throw new Problem("not-found");
  const { sql } = ctx.db;
  const me = ctx.person?.id ?? null;
  const manageHash = token && hashToken(token);
  const scope = sql`case p.kind
    when 'need' then p.author_id = ${me}::uuid or p.manage_hash = ${manageHash}::text
    else c.person_id = ${me}::uuid end`;
  const [row] = await confirm(
    ctx,
    () => sql`
      select c.id from claims c join posts p on p.id = c.post_id
      where c.id = ${id}::uuid and ${scope}
        and c.status = any(case p.kind when 'need' then ${statesBefore("need", "confirmed")}::text[]
          else ${statesBefore("offer", "confirmed")}::text[] end)
      for update of c`,
  );
  return row ? claimView(ctx, row) : alreadyThere(ctx, id, "confirmed", scope);
}
