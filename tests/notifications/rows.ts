import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import type { OutboxState } from "#app/notifications/outbox-states.ts";
import type { SenderSettings } from "#app/sms/sms.ts";
import { aPhone } from "#tests/factories.ts";

type Given = Partial<{
  lane: number;
  template: string;
  state: OutboxState;
  body: string;
  notBefore: Date;
  expiresAt: Date;
  eventId: number;
  segments: number;
  senderId: string;
}>;

/** A text we owe a person. */
export async function anOutboxText(ctx: Ctx, personId: string, given: Given = {}): Promise<string> {
  const id = newId(ctx.now);
  const body = ctx.seal.seal(given.body ?? `text ${id}`, { table: "outbox", column: "body_sealed", row: id });
  await ctx.db.sql`
    insert into outbox (id, dedupe_key, event_id, person_id, sender_id, segments, template, lane, body_sealed, state,
      not_before, expires_at, created_at, updated_at)
    values (${id}::uuid, ${`test:${id}`}, ${given.eventId ?? null}::bigint, ${personId}::uuid,
      ${given.senderId ?? null}::uuid, ${given.segments ?? 1}::smallint,
      ${given.template ?? "claimed"}, ${given.lane ?? 5}::smallint, ${body}, ${given.state ?? "queued"},
      ${given.notBefore ?? ctx.now}::timestamptz,
      ${given.expiresAt ?? new Date(ctx.now.getTime() + 3_600_000)}::timestamptz,
      ${ctx.now}::timestamptz, ${ctx.now}::timestamptz)`;
  return id;
}

export type OutboxRow = {
  state: OutboxState;
  sid: string | null;
  errorCode: string | null;
  attempts: number;
  notBefore: Date;
  nextCheckAt: Date | null;
  rank: number;
  senderId: string | null;
};

export async function outboxRow(ctx: Ctx, id: string): Promise<OutboxRow> {
  const [row] = await ctx.db.sql<OutboxRow[]>`
    select state, provider_sid as sid, error_code as "errorCode", attempts, not_before as "notBefore",
      next_check_at as "nextCheckAt", status_rank as rank, sender_id as "senderId"
    from outbox where id = ${id}::uuid`;
  if (!row) throw new Error("there is no such text");
  return row;
}

/** Moves time: the same context a while later. */
export const later = (ctx: Ctx, seconds: number): Ctx => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + seconds * 1000),
});

/** One of our numbers, with a full bucket of one segment a second. Other numbers of this database are put away first unless `beside`. */
export async function aSender(ctx: Ctx, given: Partial<SenderSettings> = {}, beside = false): Promise<string> {
  if (!beside) await ctx.db.sql`delete from senders`;
  const id = newId(ctx.now);
  const { address, rate, burst, dailyCap, timeZone } = {
    address: aPhone(),
    rate: 1,
    burst: 1,
    dailyCap: null,
    timeZone: "America/New_York",
    ...given,
  };
  await ctx.db.sql`
    insert into senders (id, address, rate, burst, daily_cap, time_zone, tokens, refilled_at, created_at)
    values (${id}::uuid, ${address}, ${rate}::real, ${burst}::real, ${dailyCap}::int, ${timeZone}, ${burst}::float8,
      ${ctx.now}::timestamptz, ${ctx.now}::timestamptz)`;
  return id;
}

export async function senderRow(ctx: Ctx, id: string) {
  const [row] = await ctx.db.sql<
    {
      tokens: number;
      sentToday: number;
      day: string;
      pausedUntil: Date | null;
      pauseReason: string | null;
      enabled: boolean;
    }[]
  >`
    select tokens, sent_today as "sentToday", day::text, paused_until as "pausedUntil", pause_reason as "pauseReason",
      enabled
    from senders where id = ${id}::uuid`;
  return row!;
}

/** Many texts at once, by one statement; their bodies are `text <id>`. */
export async function aHeap(
  ctx: Ctx,
  people: { id: string }[],
  count: number,
  { lane = 9, template = "new_need" }: { lane?: number; template?: string } = {},
): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, n) => {
    const id = newId(ctx.now);
    return {
      id,
      person: people[n % people.length]!.id,
      body: ctx.seal.seal(`text ${id}`, { table: "outbox", column: "body_sealed", row: id }),
    };
  });
  await ctx.db.sql`
    insert into outbox (id, dedupe_key, person_id, template, lane, body_sealed, not_before, expires_at, created_at, updated_at)
    select id, 'heap:' || id, person, ${template}, ${lane}::smallint, body, ${ctx.now}::timestamptz,
      ${ctx.now}::timestamptz + interval '6 hours', ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${ctx.db.sql.json(rows)}) as r(id uuid, person uuid, body text)`;
  return rows.map(({ id }) => id);
}
