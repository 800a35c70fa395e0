import type { PersonCtx } from "#app/core/ctx.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import type { To } from "./audience.server.ts";
import { languageName } from "./choices.server.ts";
import { mustCoordinate } from "./scope.server.ts";

/**
 * An audience as a sentence: "Volunteers of Kitchen who speak Español, within 5 km of Maple Park".
 *
 * @throws Problem `not-allowed` when it is another group's.
 */
export async function audienceSentence(ctx: PersonCtx, { groupId, audience }: To, locale: Locale): Promise<string> {
  mustCoordinate(ctx, groupId);
  type Named = { what: string; name: string; translations: Translations };
  const rows = await ctx.db.sql<Named[]>`
    select 'group' as what, name, translations from groups where id = ${groupId}::uuid
    union all select 'topic', name, translations from categories where id = any(${audience.categories}::uuid[])`;
  const names = (what: string) => rows.filter((row) => row.what === what).map((row) => inLocale(row, "name", locale));
  const topics = new Intl.ListFormat(locale, { type: "disjunction" }).format(names("topic"));
  const { role, speaks, near, alertsOnly } = audience;
  const isolated = (name: string) => `\u2068${name}\u2069`;
  return textFor(locale)("broadcasts.audience", {
    role,
    everybody: groupId === null ? "yes" : "no",
    group: isolated(names("group")[0] ?? ""),
    speaks: speaks === null ? "none" : isolated(languageName(speaks, locale)),
    far: near ? isolated(near.place || "?") : "none",
    km: near?.km ?? 0,
    topics: topics ? isolated(topics) : "none",
    alerts: alertsOnly ? "yes" : "no",
  });
}
