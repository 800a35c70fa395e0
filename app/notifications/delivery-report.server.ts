import type { Ctx } from "#app/core/ctx.ts";
import { pauseSendersOf, pausesSender } from "./pause-sender.server.ts";
import { rankOf, stateFor } from "./outbox-states.ts";

export type DeliveryReport = {
  providerSid: string;
  /** From the address the report came to; names the row even when we never learned the provider's id. */
  outboxId: string | null;
  status: string;
  errorCode: string | null;
};

/** The person said STOP to the provider or the carrier. */
const OPTED_OUT = "21610";
/**
 * Minutes to wait where nothing reached the phone and it may go better later: the provider's queue was full (30001), the
 * phone was off (30003). Never what a carrier filtered (30007): the same words again would cost us the number.
 */
const WORTH_ANOTHER_TRY: Record<string, number> = { "30001": 15, "30003": 30 };

/**
 * Keeps a report and applies it by rank, in one statement: reports come in any order, twice, and before the call that
 * caused them has returned. A final state is never lowered; a status nobody knew is kept and changes nothing. A text
 * that met a full queue or a phone that was off is queued once more, if it is still worth reading by then. A report that
 * says our number may not send (30032, 30034) pauses the number, and its text waits, or goes by another.
 *
 * @returns whether the text's state changed.
 */
export async function recordDeliveryReport(ctx: Ctx, report: DeliveryReport): Promise<boolean> {
  const rank = rankOf(report.status);
  const now = ctx.now;
  const retryAt = new Date(now.getTime() + (WORTH_ANOTHER_TRY[report.errorCode ?? ""] ?? 0) * 60_000);
  const pauses = rank === 5 && pausesSender(report.errorCode);
  const worthIt = rank === 5 && retryAt > now;
  const { sql } = ctx.db;
  const [row] = await sql<{ applied: boolean }[]>`
    with kept as (
      insert into delivery_reports (provider_sid, outbox_id, status, error_code, received_at)
      values (${report.providerSid}, ${report.outboxId}::uuid, ${report.status}, ${report.errorCode ?? ""},
        ${now}::timestamptz)
      on conflict do nothing
    ), target as (
      select o.id, o.attempts = 1 and o.expires_at > ${retryAt}::timestamptz
        and (${worthIt} and o.lane < 9 or ${pauses} and o.sender_id is not null) as again
      from outbox o
      where o.status_rank < ${rank}::smallint and o.state not in ('dead', 'suppressed', 'canceled')
        and (o.provider_sid = ${report.providerSid}
          or (o.id = ${report.outboxId}::uuid and o.provider_sid is null
            and not exists (select 1 from outbox other where other.provider_sid = ${report.providerSid})
            and not exists (select 1 from delivery_reports r
              where r.provider_sid = ${report.providerSid} and r.status in ('undelivered', 'failed'))))
      for update
    ), applied as (
      update outbox o
      set state = case when again then 'queued' else ${stateFor(report.status)} end,
        provider_sid = case when not again then coalesce(o.provider_sid, ${report.providerSid}) end,
        provider_status = ${report.status}, status_rank = case when again then 0 else ${rank}::smallint end,
        not_before = case when again then ${retryAt}::timestamptz else o.not_before end,
        error_code = coalesce(${report.errorCode}::text, case when ${rank}::int < 5 then o.error_code end),
        leased_by = null, lease_until = null, next_check_at = null, updated_at = ${now}::timestamptz,
        done_at = case when ${rank}::int >= 5 and not again then ${now}::timestamptz end
      from target where o.id = target.id and o.status_rank < ${rank}::smallint
      returning o.id, o.person_id, o.sender_id
    ), paused as (
      ${pauseSendersOf(ctx, report.errorCode, sql`${pauses}`, "applied")}
    ), ledger as (
      insert into consent_events (phone_lookup, action, source, at)
      select p.phone_lookup, 'out', 'provider', ${now}::timestamptz
      from applied join people p on p.id = applied.person_id
      where ${report.errorCode}::text = ${OPTED_OUT} and p.phone_lookup is not null
    ), silenced as (
      update outbox o set state = 'suppressed', done_at = ${now}::timestamptz, updated_at = ${now}::timestamptz
      from applied
      where ${report.errorCode}::text = ${OPTED_OUT} and o.person_id = applied.person_id and o.id <> applied.id
        and o.state in ('queued', 'claimed')
    )
    select exists (select 1 from applied) as applied`;
  return row?.applied ?? false;
}
