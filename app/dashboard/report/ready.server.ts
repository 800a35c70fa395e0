import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import type { Speakers } from "../fairness.ts";

type Fragment = PendingQuery<Row[]>;

/**
 * Whether a membership `m` of a person `h` can be asked for help now, as SQL: an active member who wants alerts, has a phone, is
 * not pausing, has not capped asks at none and did not say STOP.
 */
export const canBeAsked = ({ db: { sql }, now }: Ctx): Fragment => sql`
  m.state = 'active' and m.alerts and h.phone_sealed is not null
  and (m.paused_until is null or m.paused_until <= ${now}::timestamptz)
  and h.monthly_cap is distinct from 0 and (h.paused_until is null or h.paused_until <= ${now}::timestamptz)
  and coalesce((select ce.action from consent_events ce
    where ce.phone_lookup = h.phone_lookup order by ce.id desc limit 1), 'in') <> 'out'`;

/** The languages of who can be asked by these groups now; somebody who speaks two counts in both. */
export const readSpeakers = (ctx: Ctx, ids: string[]) => ctx.db.sql<Speakers[]>`
  select language, count(distinct h.id)::int as people
  from memberships m join people h on h.id = m.person_id cross join lateral unnest(h.locale || h.languages) as language
  where m.group_id = any(${ids}::uuid[]) and ${canBeAsked(ctx)}
  group by language order by people desc, language`;
