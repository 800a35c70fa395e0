import type { Ctx } from "#app/core/ctx.ts";
import type { Broadcast } from "./get-broadcast.server.ts";

/** What became of a broadcast's texts so far. */
export type BroadcastProgress = {
  /** Texts that were written out; the whole once `complete`. */
  written: number;
  complete: boolean;
  /** Not handed to the provider yet, also those that are held. */
  waiting: number;
  /** Handed over, whatever became of them. */
  sent: number;
  delivered: number;
  failed: number;
  /** Of those that failed: carriers blocked them. */
  filtered: number;
  canceled: number;
  segments: number;
  saidStop: number;
  answered: number;
  leftOut: { optedOut: number; resting: number; overCap: number; tooMany: number };
};

/** An answer, or a STOP, counts this long after the broadcast was let go. */
const HEARD_HOURS = 72;

export async function broadcastProgress(ctx: Ctx, { id, approvedAt }: Pick<Broadcast, "id" | "approvedAt">) {
  const { sql } = ctx.db;
  const [from, to] = [approvedAt ?? ctx.now, new Date((approvedAt ?? ctx.now).getTime() + HEARD_HOURS * 3_600_000)];
  const heard = sql`exists (select from people p join outbox o on o.dedupe_key = 'broadcast:' || ${id} || ':' || p.id
    where p.phone_lookup = heard.phone_lookup and o.submit_started_at < heard.at)`;
  type Row = Omit<BroadcastProgress, "leftOut"> & { skipped: Record<string, number> };
  const [row] = await sql<Row[]>`
    select b.expanded as written, b.expanded_at is not null as complete, b.skipped, t.*,
      (select count(distinct heard.phone_lookup)::int from (
        select phone_lookup, received_at as at from inbound_texts
        where received_at between ${from}::timestamptz and ${to}::timestamptz and coalesce(keyword, '') <> 'stop'
      ) heard where ${heard}) as answered,
      (select count(distinct heard.phone_lookup)::int from (
        select phone_lookup, at from consent_events
        where action = 'out' and at between ${from}::timestamptz and ${to}::timestamptz
      ) heard where ${heard}) as "saidStop"
    from broadcasts b, lateral (
      select count(*) filter (where o.state in ('queued', 'claimed', 'submitting', 'uncertain'))::int as waiting,
        count(*) filter (where o.state in ('submitted', 'sent', 'delivered', 'undelivered', 'failed', 'unknown'))::int as sent,
        count(*) filter (where o.state = 'delivered')::int as delivered,
        count(*) filter (where o.state in ('undelivered', 'failed', 'dead', 'expired', 'unknown'))::int as failed,
        count(*) filter (where o.error_code = '30007')::int as filtered,
        count(*) filter (where o.state in ('canceled', 'suppressed'))::int as canceled,
        coalesce(sum(o.segments) filter (where o.attempts > 0), 0)::int as segments
      from outbox o where o.broadcast_id = b.id
    ) t where b.id = ${id}::uuid`;
  const { skipped, ...rest } = row!;
  const leftOut = {
    optedOut: skipped["opted_out"] ?? 0,
    resting: skipped["resting"] ?? 0,
    overCap: skipped["over_cap"] ?? 0,
    tooMany: skipped["too_many"] ?? 0,
  };
  return { ...rest, leftOut } satisfies BroadcastProgress;
}

/** Segments of a group's texts that were sent since the month began; null: those of no group. */
export async function segmentsThisMonth(ctx: Ctx, groupId: string | null): Promise<number> {
  const { sql } = ctx.db;
  const [row] = await sql<{ n: number }[]>`
    select coalesce(sum(segments), 0)::int as n from outbox
    where ${groupId === null ? sql`group_id is null` : sql`group_id = ${groupId}::uuid`} and attempts > 0
      and created_at >= date_trunc('month', ${ctx.now}::timestamptz)`;
  return row!.n;
}

/** Segments a second that all our numbers can send together; 1 while none is known. */
export async function sendingRate(ctx: Ctx): Promise<number> {
  const [row] = await ctx.db.sql<{ rate: number }[]>`
    select coalesce(sum(rate), 0)::float8 as rate from senders
    where enabled and (paused_until is null or paused_until <= ${ctx.now}::timestamptz)`;
  return row!.rate || 1;
}
