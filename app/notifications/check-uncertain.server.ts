import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import type { ListedText, ListTexts } from "#app/sms/sms.ts";
import { rankOf, stateFor } from "./outbox-states.ts";
import { CHECK_AFTER_SECONDS } from "./settle.server.ts";

const AT_ONCE = 20;

type Uncertain = {
  id: string;
  personId: string;
  phoneSealed: string | null;
  bodySealed: string | null;
  lane: number;
  checks: number;
  submitStartedAt: Date;
  /** When the first call began: a late copy of an earlier one counts too. */
  firstStartedAt: Date | null;
};

/**
 * Frees what a dead worker held and settles what nobody knows. A text that was only taken goes back; one that may have
 * been sent is looked up at the provider 1, 3 and 10 minutes after the call. With no trace of it after that, notices and
 * replies are sent again, alerts are given up (`unknown`: at most once), codes are worthless by then (`expired`).
 *
 * @returns how many texts moved.
 */
export async function checkUncertain(
  ctx: Ctx,
  { listTexts, checkAfterSeconds = CHECK_AFTER_SECONDS }: { listTexts: ListTexts; checkAfterSeconds?: number[] },
): Promise<number> {
  const freed = await endLeases(ctx, checkAfterSeconds[0] ?? 60);
  const rows = await takeDue(ctx, checkAfterSeconds[0] ?? 60);
  const moved = await Promise.all(
    rows.map(async (row) => {
      try {
        return await checkOne(ctx, row, listTexts, checkAfterSeconds);
      } catch (error) {
        ctx.log.warn("a text could not be looked up", { outboxId: row.id, ...errorFields(error) });
        return false;
      }
    }),
  );
  return freed + moved.filter(Boolean).length;
}

/** One statement: leases that are over, and queued texts whose time is over. */
async function endLeases(ctx: Ctx, firstCheckSeconds: number): Promise<number> {
  const now = ctx.now;
  const checkAt = new Date(now.getTime() + firstCheckSeconds * 1000);
  const rows = await ctx.db.sql`
    with over_lease as (
      select id from outbox
      where state in ('claimed', 'submitting') and lease_until < ${now}::timestamptz
      order by lease_until limit 500 for update skip locked
    ), late as (
      select id from outbox
      where state = 'queued' and expires_at <= ${now}::timestamptz and not_before <= ${now}::timestamptz
      limit 500 for update skip locked
    )
    update outbox o
    set state = case when f.late then 'expired' when o.state = 'claimed' then 'queued' else 'uncertain' end,
      next_check_at = case when o.state = 'submitting' then ${checkAt}::timestamptz end,
      done_at = case when f.late then ${now}::timestamptz end,
      leased_by = null, lease_until = null, updated_at = ${now}::timestamptz
    from (select id, false as late from over_lease union all select id, true from late) f
    where o.id = f.id
    returning o.id`;
  return rows.length;
}

/** Takes the texts to look up now; put off for a while so that no other worker asks too. */
async function takeDue(ctx: Ctx, holdSeconds: number): Promise<Uncertain[]> {
  const again = new Date(ctx.now.getTime() + holdSeconds * 1000);
  return ctx.db.sql<Uncertain[]>`
    with due as (
      select id from outbox where state = 'uncertain' and next_check_at <= ${ctx.now}::timestamptz
      order by next_check_at limit ${AT_ONCE} for update skip locked
    )
    update outbox o set next_check_at = ${again}::timestamptz
    from due, people p where o.id = due.id and p.id = o.person_id
    returning o.id, o.person_id as "personId", p.phone_sealed as "phoneSealed", o.body_sealed as "bodySealed",
      o.lane, o.checks, o.submit_started_at as "submitStartedAt",
      (select min(started_at) from outbox_attempts a where a.outbox_id = o.id) as "firstStartedAt"`;
}

async function checkOne(ctx: Ctx, row: Uncertain, listTexts: ListTexts, checkAfter: number[]): Promise<boolean> {
  const to = ctx.seal.read(row.phoneSealed, { table: "people", column: "phone_sealed", row: row.personId });
  const body = ctx.seal.read(row.bodySealed, { table: "outbox", column: "body_sealed", row: row.id });
  if (!to || !body) return move(ctx, row, { state: "unknown" });
  const found = (await listTexts({ to, since: row.firstStartedAt ?? row.submitStartedAt })).filter(
    (text) => text.body === body,
  );
  for (const text of found) if (await adopt(ctx, row, text)) return true;

  const checks = row.checks + 1;
  const next = checkAfter[checks];
  if (next !== undefined) {
    const at = new Date(row.submitStartedAt.getTime() + next * 1000);
    return move(ctx, row, { state: "uncertain", nextCheckAt: at > ctx.now ? at : ctx.now });
  }
  if (row.lane === 9) return move(ctx, row, { state: "unknown" });
  return move(ctx, row, { state: row.lane === 0 ? "expired" : "queued" });
}

/** A message at the provider that no other row owns is this one. */
async function adopt(ctx: Ctx, row: Uncertain, text: ListedText): Promise<boolean> {
  const rows = await ctx.db.sql`
    update outbox
    set state = ${stateFor(text.status)}, provider_sid = ${text.sid}, provider_status = ${text.status},
      status_rank = ${rankOf(text.status)}::smallint, next_check_at = null, updated_at = ${ctx.now}::timestamptz,
      done_at = case when ${rankOf(text.status)}::int >= 5 then ${ctx.now}::timestamptz end
    where id = ${row.id}::uuid and state = 'uncertain'
      and not exists (select 1 from outbox where provider_sid = ${text.sid})
      and not exists (select 1 from outbox_attempts where provider_sid = ${text.sid} and outbox_id <> ${row.id}::uuid)
    returning id`;
  return rows.length === 1;
}

async function move(
  ctx: Ctx,
  row: Uncertain,
  to: { state: "uncertain" | "queued" | "unknown" | "expired"; nextCheckAt?: Date },
): Promise<boolean> {
  const final = to.state === "unknown" || to.state === "expired";
  const rows = await ctx.db.sql`
    update outbox
    set state = ${to.state}, checks = case when ${to.state} = 'queued' then 0 else checks + 1 end, next_check_at = ${to.nextCheckAt ?? null}::timestamptz,
      not_before = case when ${to.state} = 'queued' then ${ctx.now}::timestamptz else not_before end,
      done_at = ${final ? ctx.now : null}::timestamptz, updated_at = ${ctx.now}::timestamptz
    where id = ${row.id}::uuid and state = 'uncertain'
    returning id`;
  return rows.length === 1;
}
