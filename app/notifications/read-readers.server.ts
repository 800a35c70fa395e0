import type { Ctx } from "#app/core/ctx.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import type { QuietHours } from "#app/people/quiet-hours.ts";

/** Somebody who can be texted, and how they want it. */
export type Reader = QuietHours & {
  id: string;
  locale: Locale;
  /** Nothing was ever written to them before, except codes. */
  first: boolean;
  /** How many more alerts (lane 9) they want this month; null without a cap. */
  alertsLeft: number | null;
  /** They wrote to us a few minutes ago, so notices about what they do need not wait for the morning. */
  awake: boolean;
  /** Urgent needs may wake them. */
  urgentAtNight: boolean;
  /** Texts to them say nothing of what or where. */
  discreet: boolean;
};

const AWAKE_MINUTES = 15;

/** Those of `ids` who have a number and have not said STOP and are not blocked everywhere. */
export async function readReaders(ctx: Ctx, ids: string[]): Promise<Map<string, Reader>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.sql<(Omit<Reader, "locale"> & { locale: string })[]>`
    select p.id, p.locale, p.time_zone as "timeZone", p.quiet_from as "quietFrom", p.quiet_to as "quietTo",
      not exists (select 1 from outbox o where o.person_id = p.id and o.template <> 'sign_in_code') as "first",
      p.monthly_cap - (
        select count(*)::int from outbox o
        where p.monthly_cap is not null and o.person_id = p.id and o.lane = 9
          and o.template <> 'covered' and o.created_at >= date_trunc('month', ${ctx.now}::timestamptz)
      ) as "alertsLeft",
      p.urgent_at_night as "urgentAtNight", p.discreet,
      exists (select from text_threads t where t.phone_lookup = p.phone_lookup
        and t.last_heard_at > ${ctx.now}::timestamptz - make_interval(mins => ${AWAKE_MINUTES})) as awake
    from people p
    where p.id = any(${ids}::uuid[]) and p.phone_sealed is not null
      and not exists (select from blocked_phones b where b.phone_lookup = p.phone_lookup and b.scope = 'all')
      and coalesce((select ce.action from consent_events ce
        where ce.phone_lookup = p.phone_lookup order by ce.id desc limit 1), 'in') <> 'out'`;
  return new Map(rows.map((row) => [row.id, { ...row, locale: isLocale(row.locale) ? row.locale : ("en" as const) }]));
}
