import type { PersonCtx } from "#app/core/ctx.ts";
import { snapToGrid } from "#app/core/grid.ts";
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
  /** Languages they speak beside `locale`, as ISO 639 codes. */
  languages: string[];
  /** The middle of the grid cell they are usually in; null when they did not say. */
  area: { lat: number; lng: number } | null;
  /** Urgent needs may wake them. */
  urgentAtNight: boolean;
  /** Texts to them say nothing of what or where. */
  discreet: boolean;
  /** No alerts about new needs until then; null: no rest. */
  pausedUntil: Date | null;
  /** They told us to stop, and the number of ours they told it to, if we know: only texting START there undoes it. */
  stopped: { number: string | null } | null;
};

/** `area` may be as precise as it came: only its grid cell is kept. */
export type SettingsChange = Partial<Omit<Settings, "phone" | "stopped">>;

type Row = {
  id: string;
  name_sealed: string | null;
  phone_sealed: string | null;
  locale: string;
  time_zone: string;
  quiet_from: number;
  quiet_to: number;
  monthly_cap: number | null;
  languages: string[];
  lat: number | null;
  lng: number | null;
  urgent_at_night: boolean;
  discreet: boolean;
  paused_until: Date | null;
  stopped: boolean;
  stopped_at_number: string | null;
};

/** My own settings. */
export async function getSettings(ctx: PersonCtx): Promise<Settings> {
  const [row] = await ctx.db.sql<Row[]>`
    select id, name_sealed, phone_sealed, locale, time_zone, quiet_from, quiet_to, monthly_cap, languages, lat, lng,
      urgent_at_night, discreet, paused_until,
      coalesce((select action = 'out' from consent_events where phone_lookup = people.phone_lookup
        order by id desc limit 1), false) as stopped,
      coalesce((select nullif(to_number, '') from inbound_texts where phone_lookup = people.phone_lookup
        order by received_at desc limit 1), (select s.address from outbox o join senders s on s.id = o.sender_id
        where o.person_id = people.id and s.address like '+%' order by o.created_at desc limit 1)) as stopped_at_number
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
    languages: row.languages,
    area: row.lat === null || row.lng === null ? null : { lat: row.lat, lng: row.lng },
    urgentAtNight: row.urgent_at_night,
    discreet: row.discreet,
    pausedUntil: row.paused_until && row.paused_until > ctx.now ? row.paused_until : null,
    stopped: row.stopped ? { number: row.stopped_at_number } : null,
  };
}

/** Changes what is given and leaves the rest. A `name`, `monthlyCap`, `area` or `pausedUntil` of null takes it away. */
export async function changeSettings(ctx: PersonCtx, change: SettingsChange): Promise<void> {
  const { id } = ctx.person;
  const name = change.name?.trim() || null;
  const nameSealed = name && ctx.seal.seal(name, { table: "people", column: "name_sealed", row: id });
  const area = change.area ? snapToGrid(change.area) : null;
  const given = (field: keyof SettingsChange) => change[field] !== undefined;
  await ctx.db.sql`
    update people set
      name_sealed = case when ${given("name")}::boolean then ${nameSealed}::text else name_sealed end,
      locale = coalesce(${change.locale ?? null}::text, locale),
      time_zone = coalesce(${change.timeZone ?? null}::text, time_zone),
      quiet_from = coalesce(${change.quietFrom ?? null}::smallint, quiet_from),
      quiet_to = coalesce(${change.quietTo ?? null}::smallint, quiet_to),
      monthly_cap = case when ${given("monthlyCap")}::boolean then ${change.monthlyCap ?? null}::smallint else monthly_cap end,
      languages = coalesce(${change.languages ?? null}::text[], languages),
      lat = case when ${given("area")}::boolean then ${area?.lat ?? null}::float8 else lat end,
      lng = case when ${given("area")}::boolean then ${area?.lng ?? null}::float8 else lng end,
      urgent_at_night = coalesce(${change.urgentAtNight ?? null}::boolean, urgent_at_night),
      discreet = coalesce(${change.discreet ?? null}::boolean, discreet),
      paused_until = case when ${given("pausedUntil")}::boolean then ${change.pausedUntil ?? null}::timestamptz else paused_until end
    where id = ${id}::uuid`;
}
