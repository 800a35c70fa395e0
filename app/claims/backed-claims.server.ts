import type { Ctx } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import type { Units } from "#app/posts/post.ts";
import type { ClaimStatus } from "./claim.ts";

/** What an offer's author promised somebody out of it; `units` are the need's, in the reader's language. */
export type BackedClaim = {
  id: string;
  needCode: string;
  title: string;
  quantity: number;
  units: Units | null;
  status: ClaimStatus;
};

type Row = Omit<BackedClaim, "units"> & {
  category: { unit: string; unit_one: string; translations: Translations } | null;
};

/**
 * The promises an offer stands behind, the live ones first; handed back and lapsed ones are left out. For its author alone,
 * signed in or by the secret of their private link: the needs are those they promised to serve.
 */
export async function listBackedClaims(
  ctx: Ctx,
  { postId, token }: { postId: string; token: string | null },
  locale: Locale,
): Promise<BackedClaim[]> {
  if (!ctx.person && !token) return [];
  const rows = await ctx.db.sql<Row[]>`
    select k.id, n.code as "needCode", n.title, coalesce(k.delivered_quantity, k.quantity) as quantity, k.status,
      to_jsonb(c) as category
    from claims k join posts o on o.id = k.offer_id join posts n on n.id = k.post_id left join categories c on c.id = n.category_id
    where o.id = ${postId}::uuid and k.status not in ('released', 'lapsed')
      and (o.author_id = ${ctx.person?.id ?? null}::uuid or o.manage_hash = ${token && hashToken(token)}::text)
    order by k.status = 'confirmed', k.created_at limit 200`;
  return rows.map(({ category, ...row }) => ({
    ...row,
    units: category && {
      one: inLocale(category, "unit_one", locale),
      many: inLocale(category, "unit", locale),
    },
  }));
}
