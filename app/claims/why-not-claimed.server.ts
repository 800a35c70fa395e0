import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isPersonBlocked } from "#app/people/blocked/is-blocked.server.ts";
import { areKeptApart } from "#app/people/kept-apart.server.ts";
import { mayBeSeen } from "#app/posts/post-rows.server.ts";
import type { ClaimInput } from "./claim.ts";
import { mayPair } from "./scope.server.ts";

type Facts = {
  status: "in_review" | "open" | "closed";
  kind: "need" | "offer";
  remaining: number;
  author_id: string;
  offer_author: string | null;
  offer_open: boolean | null;
  offer_remaining: number | null;
  offer_usable: boolean | null;
  apart: boolean;
};

/** What to tell somebody whose claim got no row; `null` when nothing stands in the way any more, so it may be tried again. */
export async function whyNotClaimed(ctx: PersonCtx, input: ClaimInput): Promise<Problem | null> {
  const { sql } = ctx.db;
  const [post] = await sql<Facts[]>`
    select p.status, p.kind, p.remaining, p.author_id, o.author_id as offer_author, o.status = 'open' as offer_open,
      o.remaining as offer_remaining,
      o.may_pair or ${mayPair(ctx)} as offer_usable,
      ${areKeptApart(ctx, sql`p.author_id`, sql`coalesce(o.author_id, ${ctx.person.id}::uuid)`)}
        or ${isPersonBlocked(ctx, sql`coalesce(o.author_id, ${ctx.person.id}::uuid)`, sql`p.group_id`)} as apart
    from posts p left join (
      select p.author_id, p.status, p.remaining, ${mayPair(ctx)} as may_pair from posts p
      where p.code = ${input.offerCode}::text and p.kind = 'offer' and ${mayBeSeen(ctx)}) o on true
    where p.code = ${input.code} and ${mayBeSeen(ctx)}`;
  if (!post || post.status === "in_review") return new Problem("not-found");
  if (input.offerCode !== null && (post.offer_author === null || !post.offer_usable || post.kind !== "need"))
    return new Problem("not-found");
  if (post.author_id === (post.offer_author ?? ctx.person.id)) return new Problem("own-post");
  if (post.status !== "open" || post.offer_open === false) return new Problem("not-open");
  if (post.apart) return new Problem("ask-coordinators");
  const remaining = Math.min(post.remaining, post.offer_remaining ?? post.remaining);
  return remaining < (input.quantity ?? 1) ? new Problem("already-covered", { remaining }) : null;
}
