import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

export type Take = {
  worker: string;
  /** At most so many texts, and of these so many alerts to many (lane 9). */
  limit: number;
  bulk?: number;
  leaseSeconds: number;
};

export type Taken = {
  ids: string[];
  /** A text is ready but the sender may not send it yet: in so many seconds it may. Null when nothing waits for that. */
  waitSeconds: number | null;
};

/** What alerts to many leave of a day's cap to codes, replies and notices. */
const LEFT_TO_OTHERS = 0.1;

/** Every sender texts may leave by now; `[null]` when none was ever enrolled: then nothing limits them. */
export async function sendersNow(ctx: Ctx): Promise<(string | null)[]> {
  const rows = await ctx.db.sql<{ id: string; open: boolean }[]>`
    select id, enabled and coalesce(paused_until <= ${ctx.now}::timestamptz, true) as open from senders order by id`;
  return rows.length === 0 ? [null] : rows.filter(({ open }) => open).map(({ id }) => id);
}

/**
 * Takes texts that are due for `worker`, codes before replies before notices before alerts. Several workers may call it
 * at once; a text belongs to one of them until its lease is over.
 */
export function claimTexts(ctx: Ctx, senderId: string | null, take: Take): Promise<Taken> {
  return senderId === null ? claimFreely(ctx, take) : claimBySender(ctx, senderId, take);
}

/**
 * The ready texts of each lane, in its order. One scan a lane: ordering all lanes together would walk over every text
 * that is held back for the morning.
 *
 * @param limit an SQL expression; may name `l.lane`.
 */
function readyOf(ctx: Ctx, whose: PendingQuery<Row[]>, limit: PendingQuery<Row[]>): PendingQuery<Row[]> {
  return ctx.db.sql`
    select id, segments, not_before from outbox
    where state = 'queued' and lane = l.lane and not_before <= ${ctx.now}::timestamptz and ${whose}
    order by not_before, id limit ${limit} for update skip locked`;
}

async function claimFreely(ctx: Ctx, take: Take): Promise<Taken> {
  const { sql } = ctx.db;
  const rows = await sql<{ id: string }[]>`
    update outbox o
    set ${taking(ctx, take)}
    from (
      select ready.id, l.lane from unnest('{0,1,5,9}'::smallint[]) as l(lane)
      cross join lateral (${readyOf(ctx, sql`true`, sql`${take.limit}`)}) ready
      order by l.lane limit ${take.limit}
    ) chosen
    where o.id = chosen.id and o.state = 'queued'
    returning o.id`;
  return { ids: rows.map(({ id }) => id), waitSeconds: null };
}

const taking = (ctx: Ctx, take: Take): PendingQuery<Row[]> => ctx.db.sql`
  state = 'claimed', leased_by = ${take.worker},
  lease_until = ${new Date(ctx.now.getTime() + take.leaseSeconds * 1000)}::timestamptz,
  updated_at = ${ctx.now}::timestamptz`;

type Spent = { ids: string[]; tokens: number | null; rate: number | null; burst: number | null; next: number | null };

/**
 * One statement: locks the sender's bucket, fills it up by the time that has passed, takes as many texts as its tokens
 * (segments) and what is left of its day allow, and writes both back. Texts that belong to no sender become this one's.
 * The first in line is never passed by: what is behind it waits too. A text longer than the bucket goes when that is full.
 */
async function claimBySender(ctx: Ctx, senderId: string, take: Take): Promise<Taken> {
  const { sql } = ctx.db;
  const now = sql`${ctx.now}::timestamptz`;
  // Clocks of workers differ a little, so a bucket may be filled up to a moment that is still to come. Further ahead than
  // this the clock was set back, and waiting for it to get there would be silence.
  const setBack = sql`s.refilled_at > ${now} + interval '1 minute'`;
  const room = sql`case when l.lane = 9 then least(s.room, ${take.bulk ?? take.limit}::int) else s.room end`;
  const [row] = await sql<Spent[]>`
    with bucket as materialized (
      select b.*, least(${take.limit}::int, greatest(0, floor(b.tokens))::int + 1) as room from (
        select s.id, s.rate::float8 as rate, s.burst::float8 as burst, s.daily_cap,
          case when ${setBack} then s.burst else greatest(least(s.burst, s.tokens), least(s.burst,
            s.tokens + s.rate * extract(epoch from ${now} - s.refilled_at))) end::float8 + 1e-6 as tokens,
          case when ${setBack} then ${now} else greatest(s.refilled_at, ${now}) end as refilled_at,
          case when s.day > t.day + 1 then t.day else greatest(s.day, t.day) end as day,
          case when s.day in (t.day, t.day + 1) then s.sent_today else 0 end as sent_today
        from senders s cross join lateral (select (${now} at time zone s.time_zone)::date as day) t
        where s.id = ${senderId}::uuid and s.enabled and coalesce(s.paused_until <= ${now}, true)
        for no key update of s
      ) b
    ), ready as (
      select r.*, l.lane from bucket s
      cross join unnest('{0,1,5,9}'::smallint[]) as l(lane)
      cross join lateral (
        select * from (${readyOf(ctx, sql`sender_id = s.id`, room)}) own
        union all select * from (${readyOf(ctx, sql`sender_id is null`, room)}) anybodys
      ) r
    ), line as (
      select id, lane, segments, row_number() over w as nth, sum(segments) over w as upto from ready
      window w as (order by lane, not_before, id rows unbounded preceding)
    ), chosen as (
      select l.id, l.segments from line l, bucket s
      where l.nth <= ${take.limit}::int
        and (l.upto <= s.tokens or l.nth = 1 and l.segments > s.burst and s.tokens >= s.burst)
        and (s.daily_cap is null or s.sent_today + l.upto
          <= s.daily_cap * case when l.lane = 9 then ${1 - LEFT_TO_OTHERS}::float8 else 1 end)
    ), taken as (
      update outbox o set ${taking(ctx, take)}, sender_id = ${senderId}::uuid
      from chosen c where o.id = c.id and o.state = 'queued'
      returning o.id, o.segments
    ), spent as (
      update senders s
      set tokens = b.tokens - t.n, refilled_at = b.refilled_at, day = b.day, sent_today = b.sent_today + t.n
      from bucket b, (select coalesce(sum(segments), 0)::int as n from taken) t
      where s.id = b.id and t.n > 0
    )
    select array(select id from taken) as ids, b.rate, b.burst, b.tokens - t.n as tokens,
      (select l.segments from line l where l.id not in (select id from taken) order by l.nth limit 1) as next
    from (select coalesce(sum(segments), 0)::int as n from taken) t left join bucket b on true`;
  return { ids: row?.ids ?? [], waitSeconds: row ? waitOf(row) : null };
}

/** Null when tokens are not what is missing (the day's cap, free places). */
function waitOf({ tokens, rate, burst, next }: Spent): number | null {
  if (next === null || tokens === null || rate === null || burst === null) return null;
  const missing = Math.min(next, burst) - tokens;
  return missing > 0 ? missing / rate : null;
}
