import type { Ctx } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { type EtaChoice, etaChoices } from "./eta.ts";

/** What the claim panel needs beside the post. The key is made here, so that one form shown is one claim however often it is sent. */
export type ClaimForm = {
  signedIn: boolean;
  own: boolean;
  idempotencyKey: string;
  etas: EtaChoice[];
  /** The asker's own offers this need could be served from; what is promised is then taken off them. */
  offers: OwnOffer[];
};
export type OwnOffer = { code: string; title: string; remaining: number };

const MOST_OFFERS = 5;

export async function claimForm(ctx: Ctx, postId: string, locale: Locale): Promise<ClaimForm> {
  const form = { signedIn: ctx.person !== null, own: false, idempotencyKey: newToken(), etas: [], offers: [] };
  if (!ctx.person) return form;
  const [row] = await ctx.db.sql<{ own: boolean; time_zone: string }[]>`
    select p.author_id = a.id as own, a.time_zone from posts p, people a
    where p.id = ${postId}::uuid and a.id = ${ctx.person.id}::uuid`;
  if (!row) return form;
  const offers = row.own ? [] : await ownOffersFor(ctx, postId);
  return { ...form, own: row.own, offers, etas: etaChoices(ctx.now, locale, row.time_zone) };
}

/** Of the need's category, or of one that may serve it; without a category, of its group. */
const ownOffersFor = (ctx: Ctx, postId: string) => ctx.db.sql<OwnOffer[]>`
  select o.code, o.title, o.remaining from posts n join posts o on o.author_id = ${ctx.person!.id}::uuid
  where n.id = ${postId}::uuid and n.kind = 'need' and o.kind = 'offer' and o.claimable and (
    o.category_id = n.category_id
    or (o.group_id = n.group_id and (o.category_id is null or n.category_id is null))
    or exists (select from category_fits f where f.need_category_id = n.category_id and f.offer_category_id = o.category_id))
  order by o.created_at desc limit ${MOST_OFFERS}`;
