import type { Ctx } from "#app/core/ctx.ts";
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
 * Keeps a report and applies it by rank, in one statement: reports come in any order, twice, and before the call that
 * caused them has returned. A final state is never lowered; a status nobody knew is kept and changes nothing.
 *
 * @returns whether the text's state changed.
 */
export async function recordDeliveryReport(ctx: Ctx, report: DeliveryReport): Promise<boolean> {
  const rank = rankOf(report.status);
  const now = ctx.now;
  const [row] = await ctx.db.sql<{ applied: boolean }[]>`
    with kept as (
      insert into delivery_reports (provider_sid, outbox_id, status, error_code, received_at)
      values (${report.providerSid}, ${report.outboxId}::uuid, ${report.status}, ${report.errorCode ?? ""},
        ${now}::timestamptz)
      on conflict do nothing
    ), applied as (
      update outbox o
      set state = ${stateFor(report.status)}, provider_sid = coalesce(o.provider_sid, ${report.providerSid}),
        provider_status = ${report.status}, status_rank = ${rank}::smallint,
        error_code = coalesce(${report.errorCode}::text, case when ${rank}::int < 5 then o.error_code end),
        leased_by = null, lease_until = null, next_check_at = null, updated_at = ${now}::timestamptz,
        done_at = case when ${rank}::int >= 5 then ${now}::timestamptz end
      where o.status_rank < ${rank}::smallint and o.state not in ('dead', 'suppressed', 'canceled')
        and (o.provider_sid = ${report.providerSid}
          or (o.id = ${report.outboxId}::uuid and o.provider_sid is null
            and not exists (select 1 from outbox other where other.provider_sid = ${report.providerSid})))
      returning o.id, o.person_id
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
