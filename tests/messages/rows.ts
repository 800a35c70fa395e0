import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { aPhone } from "#tests/factories.ts";

export type MadeThread = { id: string; phone: string; phoneLookup: string };

type ThreadGiven = Partial<{ phone: string; groupId: string; unread: boolean; at: Date; answers: number }>;

/** A phone that has written to us; it waits for a coordinator unless `unread` is false. */
export async function aThread(ctx: Ctx, given: ThreadGiven = {}): Promise<MadeThread> {
  const phone = given.phone ?? aPhone();
  const phoneLookup = ctx.seal.lookup("phone", phone);
  const at = given.at ?? ctx.now;
  const sealed = ctx.seal.seal(phone, { table: "text_threads", column: "phone_sealed", row: phoneLookup });
  const [row] = await ctx.db.sql<{ id: string }[]>`
    insert into text_threads (phone_lookup, phone_sealed, group_id, last_heard_at, unread_since, updated_at)
    values (${phoneLookup}, ${sealed}, ${given.groupId ?? null}::uuid, ${at}::timestamptz,
      ${given.unread === false ? null : at}::timestamptz, ${at}::timestamptz)
    returning id`;
  return { id: row!.id, phone, phoneLookup };
}

type HeardGiven = Partial<{ outcome: string | null; handled: boolean; at: Date; media: number }>;

/** A text that came from this phone, as a worker left it. @returns its id at the provider */
export async function aHeardText(ctx: Ctx, { phone }: { phone: string }, words: string, given: HeardGiven = {}) {
  const sid = `SM${newId(ctx.now).replaceAll("-", "")}`;
  const at = given.at ?? ctx.now;
  const sealed = (plain: string, column: string) => ctx.seal.seal(plain, { table: "inbound_texts", column, row: sid });
  await ctx.db.sql`
    insert into inbound_texts (message_sid, phone_lookup, from_sealed, body_sealed, to_number, media, received_at,
      handled_at, outcome)
    values (${sid}, ${ctx.seal.lookup("phone", phone)}, ${sealed(phone, "from_sealed")}, ${sealed(words, "body_sealed")},
      '+15005550006', ${given.media ?? 0}::smallint, ${at}::timestamptz,
      ${given.handled === false ? null : at}::timestamptz, ${given.outcome === undefined ? "inbox" : given.outcome})`;
  return sid;
}

type SaidGiven = Partial<{ template: string; state: string; errorCode: string; groupId: string; at: Date }>;

/** A text of ours to somebody. */
export async function aSaidText(ctx: Ctx, personId: string, words: string, given: SaidGiven = {}): Promise<string> {
  const id = newId(ctx.now);
  const at = given.at ?? ctx.now;
  await ctx.db.sql`
    insert into outbox (id, dedupe_key, person_id, group_id, template, lane, body_sealed, state, error_code, not_before,
      expires_at, created_at, updated_at)
    values (${id}::uuid, ${`test ${id}`}, ${personId}::uuid, ${given.groupId ?? null}::uuid, ${given.template ?? "reply"}, 1,
      ${ctx.seal.seal(words, { table: "outbox", column: "body_sealed", row: id })}, ${given.state ?? "delivered"},
      ${given.errorCode ?? null}, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz)`;
  return id;
}

/** A message somebody left by voice. @returns the call's id */
export async function aCall(
  ctx: Ctx,
  { phone }: { phone: string },
  given: { transcript?: string; seconds?: number } = {},
) {
  const sid = `CA${newId(ctx.now).replaceAll("-", "")}`;
  const sealed = (plain: string, column: string) => ctx.seal.seal(plain, { table: "voice_calls", column, row: sid });
  await ctx.db.sql`
    insert into voice_calls (call_sid, phone_lookup, from_sealed, state, recording_sid, recording_seconds,
      transcript_sealed, received_at, updated_at)
    values (${sid}, ${ctx.seal.lookup("phone", phone)}, ${sealed(phone, "from_sealed")}, 'recorded',
      ${sid.replace("CA", "RE")}, ${given.seconds ?? 23}::int,
      ${given.transcript === undefined ? null : sealed(given.transcript, "transcript_sealed")}, ${ctx.now}::timestamptz,
      ${ctx.now}::timestamptz)`;
  return sid;
}

/** Whoever had this phone said STOP. */
export async function saidStop(ctx: Ctx, { phoneLookup }: { phoneLookup: string }): Promise<void> {
  await ctx.db.sql`insert into consent_events (phone_lookup, action, source, at)
    values (${phoneLookup}, 'out', 'keyword', ${ctx.now}::timestamptz)`;
}
