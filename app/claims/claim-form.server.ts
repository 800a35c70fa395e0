import type { Ctx } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { type EtaChoice, etaChoices } from "./eta.ts";

/** What the claim panel needs beside the post. The key is made here, so that one form shown is one claim however often it is sent. */
export type ClaimForm = { signedIn: boolean; own: boolean; idempotencyKey: string; etas: EtaChoice[] };

export async function claimForm(ctx: Ctx, postId: string, locale: Locale): Promise<ClaimForm> {
  const form = { signedIn: ctx.person !== null, own: false, idempotencyKey: newToken(), etas: [] };
  if (!ctx.person) return form;
  const [row] = await ctx.db.sql<{ own: boolean; time_zone: string }[]>`
    select p.author_id = a.id as own, a.time_zone from posts p, people a
    where p.id = ${postId}::uuid and a.id = ${ctx.person.id}::uuid`;
  return row ? { ...form, own: row.own, etas: etaChoices(ctx.now, locale, row.time_zone) } : form;
}
