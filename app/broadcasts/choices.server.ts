import type { PersonCtx } from "#app/core/ctx.ts";
import { coordinatedGroups } from "#app/groups/membership.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { isLocale, LOCALE_NAMES, LOCALES, type Locale } from "#app/i18n/locales.ts";

/** What may be chosen for an audience. */
export type Choices = {
  groups: { id: string; name: string; categories: { id: string; name: string }[] }[];
  /** Admins may write to everybody. */
  everybody: boolean;
  /** Places people know, with the point of the grid they stand for. */
  areas: { lat: number; lng: number; place: string }[];
  /** ISO 639 with their names, those we write first. */
  languages: { code: string; name: string }[];
};

const AREAS = 30;
const LANGUAGES = 20;

export async function audienceChoices(ctx: PersonCtx, locale: Locale): Promise<Choices> {
  const mine = coordinatedGroups(ctx.person);
  const all = await listGroups(ctx, locale, "uncounted");
  const groups = all.filter(({ id }) => mine === "all" || mine.includes(id));
  const ids = groups.map(({ id }) => id);
  const [areas, spoken] = await Promise.all([areasOf(ctx, ids), languagesOf(ctx, ids)]);
  return {
    groups: groups.map(({ id, name, categories }) => ({
      id,
      name,
      categories: categories.map((category) => ({ id: category.id, name: category.name })),
    })),
    everybody: mine === "all",
    areas,
    languages: [...new Set<string>([...LOCALES, ...spoken])].map((code) => ({
      code,
      name: languageName(code, locale),
    })),
  };
}

/** Ours by their own names, others as the reader calls them. */
export const languageName = (code: string, locale: Locale): string =>
  isLocale(code) ? LOCALE_NAMES[code] : (new Intl.DisplayNames(locale, { type: "language" }).of(code) ?? code);

/** The places posts of these groups named most often. */
const areasOf = (ctx: PersonCtx, groupIds: string[]) => ctx.db.sql<Choices["areas"]>`
  select place, lat, lng from (
    select distinct on (lower(place)) place, lat, lng, count(*) as posts
    from (
      select place, lat, lng from posts
      where group_id = any(${groupIds}::uuid[]) and place is not null and lat is not null and visibility = 'everyone'
      order by created_at desc limit 5000
    ) latest
    group by place, lat, lng order by lower(place), posts desc
  ) named order by posts desc, place limit ${AREAS}`;

async function languagesOf(ctx: PersonCtx, groupIds: string[]): Promise<string[]> {
  const rows = await ctx.db.sql<{ language: string }[]>`
    select spoken.language from memberships m join people p on p.id = m.person_id
      cross join unnest(p.languages) as spoken(language)
    where m.group_id = any(${groupIds}::uuid[]) and m.state = 'active' and spoken.language ~ '^[a-z]{2,3}$'
    group by 1 order by count(*) desc, 1 limit ${LANGUAGES}`;
  return rows.map(({ language }) => language);
}
