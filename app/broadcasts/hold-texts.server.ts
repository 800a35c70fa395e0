import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { HELD_UNTIL } from "#app/notifications/held.ts";
import { hoursOf } from "#app/groups/group-quiet-hours.server.ts";
import { afterAllQuietHours } from "#app/people/quiet-hours.ts";
import { VALID_HOURS } from "./broadcast.ts";

/** Enough for any statement to end well within its time limit; what is left is moved by the next one. */
const AT_ONCE = 2_000;
/** A text that came back from the provider after its broadcast was stopped is canceled for so long. */
const LOOK_BACK_HOURS = 48;

/**
 * Brings the texts of broadcasts in line with their state: of a paused one they are held, of a stopped one canceled,
 * and those that were held go on (after quiet hours) when their broadcast does. Also texts a worker has taken but not
 * begun to send; one that is being handed over right now still goes. Repeatable; texts written or given back meanwhile
 * are found by the next call.
 *
 * The broadcast's row is locked first, so that no text is held after it went on.
 *
 * @param id only this broadcast, and only so many that nobody waits for it; without, all there are.
 * @returns how many texts moved.
 */
export async function holdTexts(ctx: Ctx, id: string | null = null): Promise<number> {
  const { sql } = ctx.db;
  const held = sql`${HELD_UNTIL}::timestamptz`;
  const which = id
    ? sql`b.id = ${id}::uuid and b.state in ('sending', 'paused', 'stopped')`
    : sql`(b.state in ('sending', 'paused')
        or b.state = 'stopped' and b.ended_at > ${ctx.now}::timestamptz - ${LOOK_BACK_HOURS} * interval '1 hour')`;
  const mornings = await morningsOf(ctx, which);
  let moved = 0;
  for (;;) {
    const rows = await sql`
      with b as materialized (
        select b.id, b.state, b.group_id from broadcasts b where ${which} for update ${id ? sql`` : sql`skip locked`}
      ), chosen as (
        select o.id, b.state, b.group_id, o.person_id
        from b join outbox o on o.broadcast_id = b.id
        where o.state in ('queued', 'claimed')
          and case b.state when 'paused' then o.not_before < ${held} when 'sending' then o.not_before >= ${held}
            else true end
        order by o.not_before, o.id limit ${AT_ONCE}::int
      ), timed as (
        select c.id, c.state, coalesce(m.at, ${ctx.now}::timestamptz) as at
        from chosen c join people p on p.id = c.person_id
          left join jsonb_to_recordset(${sql.json(mornings)}) as m("group" uuid, zone text, "from" int, "to" int, at timestamptz)
            on m.zone = p.time_zone and m.from = p.quiet_from and m.to = p.quiet_to and m.group is not distinct from c.group_id
      )
      update outbox o
      set state = case when c.state = 'stopped' then 'canceled' else 'queued' end,
        not_before = case c.state when 'paused' then ${held} when 'sending' then c.at else o.not_before end,
        expires_at = case when c.state = 'sending' then c.at + ${VALID_HOURS} * interval '1 hour' else o.expires_at end,
        leased_by = null, lease_until = null, updated_at = ${ctx.now}::timestamptz,
        done_at = case when c.state = 'stopped' then ${ctx.now}::timestamptz end
      from timed c where o.id = c.id and o.state in ('queued', 'claimed')
      returning 1`;
    moved += rows.length;
    if (id || rows.length < AT_ONCE) return moved;
  }
}

/** For those whose text is held by a broadcast that goes on: when quiet hours like theirs, and its group's, are over. Few in number. */
async function morningsOf(ctx: Ctx, which: PendingQuery<Row[]>) {
  if (ctx.wakesNobody) return [];
  type Held = {
    group: string | null;
    zone: string;
    from: number;
    to: number;
    quietFrom: number | null;
    quietTo: number | null;
  };
  const rows = await ctx.db.sql<Held[]>`
    select distinct b.group_id as "group", p.time_zone as zone, p.quiet_from as "from", p.quiet_to as "to",
      g.quiet_from as "quietFrom", g.quiet_to as "quietTo"
    from broadcasts b join outbox o on o.broadcast_id = b.id join people p on p.id = o.person_id
      left join groups g on g.id = b.group_id
    where ${which} and b.state = 'sending' and o.state = 'queued' and o.not_before >= ${HELD_UNTIL}::timestamptz`;
  return rows
    .map(({ group, zone, from, to, ...ofGroup }) => {
      const reader = { timeZone: zone, quietFrom: from, quietTo: to };
      return { group, zone, from, to, at: afterAllQuietHours(ctx.now, [reader, ...hoursOf(ofGroup)]).toISOString() };
    })
    .filter(({ at }) => at !== ctx.now.toISOString());
}
