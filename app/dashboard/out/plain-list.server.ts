import type { PersonCtx } from "#app/core/ctx.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import type { GroupInView } from "../scope.server.ts";

/** A chat takes no more; the board has them all. */
const MOST = 500;

/**
 * What is open for everybody to see, as plain lines to paste into a chat: how many of what, where, the code. The longest waiting first.
 * Only what anybody may see anyway.
 */
export async function plainList(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
  t: Text,
  locale: Locale,
): Promise<string> {
  type Row = {
    code: string;
    title: string;
    remaining: number;
    place: string | null;
    group_id: string;
    unit: string | null;
    unit_one: string;
    translations: Translations;
  };
  const rows = await ctx.db.sql<Row[]>`
    select p.code, p.title, p.remaining, p.place, p.group_id, c.unit, c.unit_one, c.translations
    from posts p left join categories c on c.id = p.category_id
    where p.group_id = any(${groups.map(({ id }) => id)}::uuid[]) and p.kind = 'need' and p.claimable and p.visibility = 'everyone'
      and not p.unapproved
    order by p.created_at limit ${MOST}`;
  const line = ({ code, title, remaining, place, unit, unit_one, translations }: Row) => {
    const row = { unit: unit ?? "", unit_one, translations };
    const amount =
      unit === null
        ? String(remaining)
        : `${remaining} ${inLocale(row, remaining === 1 ? "unit_one" : "unit", locale)}`;
    return t("out.line", {
      title,
      amount,
      place: place ?? "",
      placed: place ? "yes" : "no",
      link: `${ctx.publicUrl}/p/${code}`,
      code,
    });
  };
  const parts = groups.flatMap((group) => {
    const theirs = rows.filter((row) => row.group_id === group.id);
    return theirs.length > 0 ? [`${group.name}\n${theirs.map(line).join("\n")}`] : [];
  });
  return parts.length > 0 ? `${parts.join("\n\n")}\n` : `${t("out.nothing")}\n`;
}
