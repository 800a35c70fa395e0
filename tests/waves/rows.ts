import type { Ctx } from "#app/core/ctx.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { aMember, type MadePerson } from "#tests/factories.ts";

/** What a worker does: events are told, the next people are asked, and told. */
export async function work(ctx: Ctx): Promise<void> {
  await fanOut(ctx);
  await sendWaves(ctx);
  await fanOut(ctx);
}

export async function members(ctx: Ctx, groupId: string, n: number): Promise<MadePerson[]> {
  return Promise.all(Array.from({ length: n }, () => aMember(ctx, groupId)));
}

type Ask = { personId: string; wave: number; answeredAt: Date | null; thankedAt: Date | null };

/** Who was asked about a need, wave by wave. */
export const asksOf = (ctx: Ctx, postId: string) => ctx.db.sql<Ask[]>`
  select person_id as "personId", wave, answered_at as "answeredAt", thanked_at as "thankedAt"
  from asks where post_id = ${postId}::uuid order by wave, person_id`;

/** How many each wave asked. */
export async function sizesOf(ctx: Ctx, postId: string): Promise<number[]> {
  const sizes: number[] = [];
  for (const { wave } of await asksOf(ctx, postId)) sizes[wave - 1] = (sizes[wave - 1] ?? 0) + 1;
  return sizes;
}

export async function waveOf(ctx: Ctx, postId: string): Promise<{ sent: number; nextAt: Date | null } | null> {
  const [row] = await ctx.db.sql<{ sent: number; nextAt: Date | null }[]>`
    select sent, next_at as "nextAt" from waves where post_id = ${postId}::uuid`;
  return row ?? null;
}

/** The same world some minutes later. */
export const minutesLater = (ctx: Ctx, minutes: number): Ctx => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + minutes * 60_000),
});

/** Texts of a kind somebody is owed, opened. */
export async function textsTo(
  ctx: Ctx,
  personId: string,
  template: string,
): Promise<{ id: string; body: string; state: string; notBefore: Date; segments: number }[]> {
  const rows = await ctx.db.sql<{ id: string; body: string; state: string; notBefore: Date; segments: number }[]>`
    select id, body_sealed as body, state, not_before as "notBefore", segments from outbox
    where person_id = ${personId}::uuid and template = ${template} order by created_at, id`;
  return rows.map((row) => ({
    ...row,
    body: ctx.seal.open(row.body, { table: "outbox", column: "body_sealed", row: row.id }),
  }));
}

/** The provider has taken all that was queued. */
export const allSent = (ctx: Ctx) => ctx.db.sql`update outbox set state = 'delivered' where state = 'queued'`;
