import type { ClaimStatus } from "#app/claims/claim.ts";
import { plainCode, type PostKind, type Units } from "#app/posts/post.ts";
import { inLocale, type Translations } from "#app/i18n/locales.ts";
import type { Texter } from "./texter.ts";

/** A promise as its claimer, or for GOT the author of its post, may text about it. */
export type Promised = {
  id: string;
  status: ClaimStatus;
  quantity: number;
  deliveredQuantity: number | null;
  code: string;
  kind: PostKind;
  title: string;
  units: Units | null;
  group: string;
  /** The claimer's name is theirs to show: it stands on the author's page too. */
  claimerId: string;
};

type Row = Omit<Promised, "units" | "group"> & {
  unit: string | null;
  unit_one: string;
  unit_translations: Translations;
  group_name: string;
  group_translations: Translations;
};

/**
 * Promises in these states, newest first: the asker's own, or with `asAuthor` those on the asker's needs. A text that is
 * handled again after a crash finds what it did: where there are none, those that came to `done` since it was received.
 */
export async function findPromises(
  { ctx, locale, heard }: Pick<Texter, "ctx" | "locale" | "heard">,
  about: { code: string | null; states: ClaimStatus[]; done?: ClaimStatus; asAuthor?: boolean },
): Promise<Promised[]> {
  const { sql } = ctx.db;
  const code = about.code && plainCode(about.code);
  const whose = about.asAuthor
    ? sql`p.author_id = ${ctx.person.id}::uuid and p.kind = 'need'`
    : sql`c.person_id = ${ctx.person.id}::uuid`;
  const rows = await sql<Row[]>`
    select c.id, c.status, c.quantity, c.delivered_quantity as "deliveredQuantity", c.person_id as "claimerId",
      p.code, p.kind, p.title, k.unit, k.unit_one, k.translations as unit_translations,
      g.name as group_name, g.translations as group_translations
    from claims c join posts p on p.id = c.post_id join groups g on g.id = p.group_id
      left join categories k on k.id = p.category_id
    where ${whose} and (${code}::text is null or p.code = ${code}::text) and (
      (c.status = any(${about.states}::text[]) and (p.status = 'open' or c.status = 'delivered'))
      or (${heard.again} and c.status = ${about.done ?? null}::text and c.updated_at >= ${heard.receivedAt}::timestamptz))
    order by (c.status = any(${about.states}::text[])) desc, c.created_at desc, c.id desc limit 20`;
  const live = rows.filter(({ status }) => about.states.includes(status));
  return (live.length > 0 ? live : rows).map(
    ({ unit, unit_one, unit_translations, group_name, group_translations, ...row }) => {
      const units = unit !== null && { unit, unit_one, translations: unit_translations };
      return {
        ...row,
        units: units ? { one: inLocale(units, "unit_one", locale), many: inLocale(units, "unit", locale) } : null,
        group: inLocale({ name: group_name, translations: group_translations }, "name", locale),
      };
    },
  );
}
