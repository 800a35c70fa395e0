import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import type { OutboxState } from "#app/notifications/outbox-states.ts";

type Given = Partial<{
  lane: number;
  template: string;
  state: OutboxState;
  body: string;
  notBefore: Date;
  expiresAt: Date;
  eventId: number;
}>;

/** A text we owe a person. */
export async function anOutboxText(ctx: Ctx, personId: string, given: Given = {}): Promise<string> {
  const id = newId(ctx.now);
  const body = ctx.seal.seal(given.body ?? `text ${id}`, { table: "outbox", column: "body_sealed", row: id });
  await ctx.db.sql`
    insert into outbox (id, dedupe_key, event_id, person_id, template, lane, body_sealed, state, not_before, expires_at,
      created_at, updated_at)
    values (${id}::uuid, ${`test:${id}`}, ${given.eventId ?? null}::bigint, ${personId}::uuid,
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
};

export async function outboxRow(ctx: Ctx, id: string): Promise<OutboxRow> {
  const [row] = await ctx.db.sql<OutboxRow[]>`
    select state, provider_sid as sid, error_code as "errorCode", attempts, not_before as "notBefore",
      next_check_at as "nextCheckAt", status_rank as rank
    from outbox where id = ${id}::uuid`;
  if (!row) throw new Error("there is no such text");
  return row;
}

/** Moves time: the same context a while later. */
export const later = (ctx: Ctx, seconds: number): Ctx => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + seconds * 1000),
});
