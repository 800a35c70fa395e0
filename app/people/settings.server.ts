import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import { openName, openPhone } from "./person.server.ts";

/** What a person may set about themselves. Hours are whole, 0 to 23, in `timeZone`; equal hours mean no quiet time. */
export type Settings = {
  name: string | null;
  phone: string | null;
  locale: Locale;
  timeZone: string;
  quietFrom: number;
  quietTo: number;
  /** Most texts a month about new needs; null means no cap. */
  monthlyCap: number | null;
};

export type SettingsChange = Partial<Omit<Settings, "phone">>;

type Row = {
  id: string;
  name_sealed: string | null;
  phone_sealed: string | null;
  locale: string;
  time_zone: string;
  quiet_from: number;
  quiet_to: number;
  monthly_cap: number | null;
};

/** My own settings. */
export async function getSettings(ctx: PersonCtx): Promise<Settings> {
  const [row] = await ctx.db.sql<Row[]>`
    select id, name_sealed, phone_sealed, locale, time_zone, quiet_from, quiet_to, monthly_cap
    from people where id = ${ctx.person.id}::uuid`;
  if (!row) throw new Problem("not-found");
  return {
    name: openName(ctx.seal, row),
    phone: openPhone(ctx.seal, row),
    locale: isLocale(row.locale) ? row.locale : "en",
    timeZone: row.time_zone,
    quietFrom: row.quiet_from,
    quietTo: row.quiet_to,
    monthlyCap: row.monthly_cap,
  };
}

/** Changes what is given and leaves the rest. A `name` or `monthlyCap` of null takes it away. */
export async function changeSettings(ctx: PersonCtx, change: SettingsChange): Promise<void> {
  const { id } = ctx.person;
  const name = change.name?.trim() || null;
  const nameSealed = name && ctx.seal.seal(name, { table: "people", column: "name_sealed", row: id });
  const given = (field: keyof SettingsChange) => change[field] !== undefined;
  await ctx.db.sql`
    update people set
      name_sealed = case when ${given("name")}::boolean then ${nameSealed}::text else name_sealed end,
      locale = coalesce(${change.locale ?? null}::text, locale),
      time_zone = coalesce(${change.timeZone ?? null}::text, time_zone),
      quiet_from = coalesce(${change.quietFrom ?? null}::smallint, quiet_from),
      quiet_to = coalesce(${change.quietTo ?? null}::smallint, quiet_to),
      monthly_cap = case when ${given("monthlyCap")}::boolean then ${change.monthlyCap ?? null}::smallint else monthly_cap end
    where id = ${id}::uuid`;
}
