import type { ClaimView } from "#app/claims/claim.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { findSignedIn } from "#app/people/find-session.server.ts";
import type { ManagedPost } from "#app/posts/get-post.server.ts";
import { acceptMatch } from "./accept-match.server.ts";

/**
 * The author of a post takes up one that fits it. Whoever holds the private link is the author, so what they take is
 * taken in the author's name: of an offer for their need, or by their offer for somebody's need. But a link proves no
 * number: what the author may see and do as a volunteer or coordinator does not come with it.
 *
 * @param other code of the post that fits. `quantity`: null means as much as both sides have.
 * @throws Problem as `acceptMatch`.
 */
export async function takeMatch(
  ctx: Ctx,
  { authorId, post }: Pick<ManagedPost, "authorId" | "post">,
  { other, quantity, key }: { other: string; quantity: number | null; key: string },
): Promise<ClaimView> {
  const person = await findSignedIn(ctx.db, authorId);
  if (!person) throw new Problem("not-found");
  const [needCode, offerCode] = post.kind === "need" ? [post.code, other] : [other, post.code];
  return acceptMatch(
    { ...ctx, person: { ...person, isAdmin: false, accepted: false, roles: {} } },
    { needCode, offerCode, quantity, key },
  );
}
