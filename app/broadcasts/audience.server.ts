import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { groupQuietHours } from "#app/groups/group-quiet-hours.server.ts";
import { afterAllQuietHours, type QuietHours } from "#app/people/quiet-hours.ts";
import type { Audience, AudienceCount } from "./audience.ts";

/** Whom it is for: a group and what else was chosen. */
export type To = { groupId: string | null; audience: Audience };

/** One person of the audience, as `audienceRows` selects them. */
export type AudienceRow = {
  id: string;
  locale: string;
  time_zone: string;
  quiet_from: number;
  quiet_to: number;
  opted_out: boolean;
  resting: boolean;
  over_cap: boolean;
  first: boolean;
  /** Texts to them say nothing of what or where. */
  discreet: boolean;
};

/**
 * A select of the people of an audience who have a number, with what keeps a text from them. The one rule of who is
 * meant: counting, letting go and writing out all read it.
 */
export function audienceRows(ctx: Ctx, to: To): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  return sql`
    select p.id, p.locale, p.time_zone, p.quiet_from, p.quiet_to,
      coalesce((select ce.action from consent_events ce
        where ce.phone_lookup = p.phone_lookup order by ce.id desc limit 1), 'in') = 'out' as opted_out,
      (coalesce(p.paused_until > ${ctx.now}::timestamptz, false) or ${atRest(ctx, to)}) as resting,
      coalesce(p.monthly_cap <= (
        select count(*) from outbox o
        where p.monthly_cap is not null and o.person_id = p.id and o.lane = 9
          and o.created_at >= date_trunc('month', ${ctx.now}::timestamptz)), false) as over_cap,
      not exists (select from outbox o where o.person_id = p.id and o.template <> 'sign_in_code') as first, p.discreet
    from people p
    where p.phone_sealed is not null and ${belongs(ctx, to)}`;
}

/** The memberships `m` that make somebody part of an audience. */
function membershipsIn(ctx: Ctx, { groupId, audience }: To): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const { role, categories, alertsOnly } = audience;
  return sql`m.state = 'active'
        ${groupId === null ? sql`` : sql`and m.group_id = ${groupId}::uuid`}
        ${role === "any" ? sql`` : sql`and m.role = ${role}`}
        ${alertsOnly ? sql`and m.alerts` : sql``}
        ${categories.length === 0 ? sql`` : sql`and (m.category_ids = '{}' or m.category_ids && ${categories}::uuid[])`}`;
}

/** Coordinators gave them a rest in every group that makes them part of it. Found once for all, not once a person. */
const atRest = (ctx: Ctx, to: To): PendingQuery<Row[]> => ctx.db.sql`
      p.id in (select m.person_id from memberships m where ${membershipsIn(ctx, to)} group by m.person_id
        having bool_and(coalesce(m.paused_until > ${ctx.now}::timestamptz, false)))`;

function belongs(ctx: Ctx, to: To): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const { speaks, near } = to.audience;
  return sql`exists (select from memberships m where m.person_id = p.id and ${membershipsIn(ctx, to)})
    ${speaks === null ? sql`` : sql`and (p.locale = ${speaks} or ${speaks} = any(p.languages))`}
    ${
      near === null
        ? sql``
        : sql`and power((p.lat - ${near.lat}::float8) * 110.57, 2)
            + power(least(abs(p.lng - ${near.lng}::float8), 360 - abs(p.lng - ${near.lng}::float8)) * 111.32
              * cos(radians(${near.lat}::float8)), 2) <= power(${near.km}::float8, 2)`
    }`;
}

/** Counts an audience by one query. Whoever is left out counts once: STOP before a rest before the month's cap. */
export async function countAudience(ctx: Ctx, to: To): Promise<AudienceCount> {
  const { sql } = ctx.db;
  type Counted = Omit<AudienceCount, "quiet" | "lastAt"> & { hours: (QuietHours & { n: number })[] };
  const [row] = await sql<Counted[]>`
    with who as materialized (
      select w.*, not opted_out and not resting and not over_cap as goes from (${audienceRows(ctx, to)}) w
    )
    select count(*)::int as matched,
      count(*) filter (where opted_out)::int as "optedOut",
      count(*) filter (where resting and not opted_out)::int as resting,
      count(*) filter (where over_cap and not resting and not opted_out)::int as "overCap",
      count(*) filter (where goes)::int as people,
      coalesce((select jsonb_agg(r) from (
        select locale, first, count(*)::int as n from who where goes group by locale, first order by n desc, locale, first
      ) r), '[]') as readers,
      coalesce((select jsonb_agg(h) from (
        select time_zone as "timeZone", quiet_from as "quietFrom", quiet_to as "quietTo", count(*)::int as n
        from who where goes group by time_zone, quiet_from, quiet_to
      ) h), '[]') as hours
    from who`;
  const { hours, ...counted } = row!;
  const ofGroup = await groupQuietHours(ctx, to.groupId);
  const later = ctx.wakesNobody
    ? []
    : hours
        .map(({ n, ...quiet }) => ({ n, at: afterAllQuietHours(ctx.now, [quiet, ...ofGroup]) }))
        .filter(({ at }) => at > ctx.now);
  const last = Math.max(...later.map(({ at }) => at.getTime()));
  return {
    ...counted,
    quiet: later.reduce((all, { n }) => all + n, 0),
    lastAt: later.length > 0 ? new Date(last).toISOString() : null,
  };
}
