import type { Ctx } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { hideInName } from "#app/people/hiding/hide.ts";
import { openName } from "#app/people/person.server.ts";
import type { PostKind } from "#app/posts/post.ts";
import { type ClaimStatus, nextSteps } from "./claim.ts";
import { type Said, said } from "./eta.ts";
import { coordination } from "./scope.server.ts";

/** A claim as it shows on its post: who, how many, where it stands. */
export type PostClaim = {
  id: string;
  who: string | null;
  status: ClaimStatus;
  quantity: number;
  deliveredQuantity: number | null;
  eta: Said | null;
  /** The reader's own promise. */
  mine: boolean;
  /** The reader may say that it came. */
  mayConfirm: boolean;
};

type Row = {
  id: string;
  kind: PostKind;
  status: ClaimStatus;
  quantity: number;
  delivered_quantity: number | null;
  eta: Date | null;
  person_id: string;
  name_sealed: string | null;
  time_zone: string;
  is_author: boolean;
  mine: boolean;
};

/**
 * Who promised what on a post, the live ones first; handed back and lapsed ones are left out. For the author, signed in or
 * by the secret of their private link, and the group's coordinators; everybody else sees only their own.
 */
export async function listPostClaims(
  ctx: Ctx,
  { postId, token }: { postId: string; token: string | null },
  locale: Locale,
): Promise<PostClaim[]> {
  if (!ctx.person && !token) return [];
  const { sql } = ctx.db;
  const { everywhere, groups } = coordination(ctx.person);
  const byLink = token && hashToken(token);
  const me = ctx.person?.id ?? null;
  const isAuthor = sql`(p.author_id = ${me}::uuid or p.manage_hash = ${byLink}::text) is true`;
  const rows = await sql<Row[]>`
    select c.id, p.kind, c.status, c.quantity, c.delivered_quantity, c.eta, c.person_id, who.name_sealed,
      author.time_zone, ${isAuthor} as is_author,
      (c.person_id = ${me}::uuid) is true as mine
    from claims c join posts p on p.id = c.post_id join people who on who.id = c.person_id
      join people author on author.id = p.author_id
    where p.id = ${postId}::uuid and c.status not in ('released', 'lapsed')
      and (${isAuthor} or c.person_id = ${me}::uuid or ${everywhere} or p.group_id = any(${groups}::uuid[]))
    order by mine desc, c.status = 'confirmed', c.created_at limit 200`;
  return rows.map((row) => ({
    id: row.id,
    who: hideInName(openName(ctx.seal, { id: row.person_id, name_sealed: row.name_sealed })),
    status: row.status,
    quantity: row.quantity,
    deliveredQuantity: row.delivered_quantity,
    eta: row.eta && said(row.eta, ctx.now, locale, row.time_zone),
    mine: row.mine,
    mayConfirm: row.is_author && nextSteps(row.kind, row.status, "author").includes("confirmed"),
  }));
}
