import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

type Fragment = PendingQuery<Row[]>;
/** `days` after signing in a session is over, and so it is after so many days in which nobody used it. */
type Life = { days: number; idleDays: number };

/** The more somebody may see, the sooner a lost phone is of no use. Admins count as coordinators. */
export const LIVES = {
  asks: { days: 30, idleDays: 7 },
  helps: { days: 14, idleDays: 3 },
  coordinates: { days: 3, idleDays: 1 },
} as const satisfies Record<string, Life>;

/**
 * Whether a session `s` counts at `now`, as a condition. How long it lives goes by the roles its person has at this very
 * moment, so that who becomes a coordinator is not signed in for a month.
 */
export const isLive = (ctx: Pick<Ctx, "db">, now: Date): Fragment =>
  ctx.db.sql`(s.revoked_at is null and ${isInTime(ctx, now)})`;

/** The same, whether or not somebody signed it out. */
export const isInTime = ({ db: { sql } }: Pick<Ctx, "db">, now: Date): Fragment => sql`(
  s.expires_at > ${now}::timestamptz and exists (
    select from (
      select case
        when coalesce(bool_or(m.role = 'coordinator'), false)
          or exists (select from people p where p.id = s.person_id and p.is_admin) then 'coordinates'
        when count(*) > 0 then 'helps' else 'asks' end as part
      from memberships m where m.person_id = s.person_id and m.state = 'active'
    ) of_person
    join (values
      ('asks', ${LIVES.asks.days}::int, ${LIVES.asks.idleDays}::int),
      ('helps', ${LIVES.helps.days}::int, ${LIVES.helps.idleDays}::int),
      ('coordinates', ${LIVES.coordinates.days}::int, ${LIVES.coordinates.idleDays}::int)
    ) life (part, days, idle_days) using (part)
    where s.created_at > ${now}::timestamptz - make_interval(days => life.days)
      and s.seen_on >= ${now}::timestamptz::date - life.idle_days))`;
