import type { Ctx } from "#app/core/ctx.ts";
import type { SendOutcome } from "#app/sms/sms.ts";
import type { SubmittingText } from "./mark-submitting.server.ts";
import { pauseSendersOf } from "./pause-sender.server.ts";
import { rankOf, stateFor, type OutboxState } from "./outbox-states.ts";

/** How long to wait before an unknown outcome is looked up: the provider's list may lag behind. */
export const CHECK_AFTER_SECONDS = [60, 180, 600];
/** Where no sender is enrolled that could be paused, the text itself waits for so long. */
export const PAUSE_SECONDS = 600;

type Change = {
  state: OutboxState;
  /** Only from these states; whatever a delivery report said meanwhile stands. */
  from: OutboxState[];
  notBefore?: Date;
  nextCheckAt?: Date;
  sid?: string;
  status?: string;
  code?: string;
  done?: boolean;
};

/**
 * Writes down what became of one call: the row's next state and the evidence, in one statement. A sender that is
 * refused pauses with it. Safe to repeat.
 *
 * @returns false when the row had moved on (a report or another worker was first).
 */
export async function settle(
  ctx: Ctx,
  text: Pick<SubmittingText, "id" | "attempt" | "phoneLookup">,
  outcome: SendOutcome,
  checkAfterSeconds: number[] = CHECK_AFTER_SECONDS,
): Promise<boolean> {
  const change = changeFor(ctx.now, text.attempt, outcome, checkAfterSeconds);
  const optedOut = outcome.kind === "rejected" && outcome.fate === "opted_out";
  const pauses = outcome.kind === "rejected" && outcome.fate === "pause_sender";
  const { sql } = ctx.db;
  const sid = change.sid ?? null;
  const [row] = await sql<{ settled: boolean; otherSid: boolean }[]>`
    with moved as (
      update outbox
      set state = ${change.state}, provider_sid = coalesce(provider_sid, ${sid}::text),
        provider_status = coalesce(${change.status ?? null}::text, provider_status),
        status_rank = greatest(status_rank, ${rankOf(change.status ?? "")}::smallint),
        not_before = case when ${pauses} and sender_id is not null then not_before
          else coalesce(${change.notBefore ?? null}::timestamptz, not_before) end,
        next_check_at = ${change.nextCheckAt ?? null}::timestamptz,
        error_code = ${change.code ?? null}::text, leased_by = null, lease_until = null,
        updated_at = ${ctx.now}::timestamptz, done_at = ${change.done ? ctx.now : null}::timestamptz
      where id = ${text.id}::uuid and state = any(${change.from}) and attempts = ${text.attempt}::smallint
        and status_rank <= ${rankOf(change.status ?? "")}::smallint
      returning id, person_id, sender_id
    ), paused as (
      ${pauseSendersOf(ctx, change.code ?? null, sql`${pauses}`)}
    ), noted as (
      update outbox_attempts
      set ended_at = ${ctx.now}::timestamptz, outcome = ${outcome.kind}, error_code = ${change.code ?? null}::text,
        http_status = ${httpStatusOf(outcome)}::smallint, provider_sid = ${sid}::text
      where outbox_id = ${text.id}::uuid and attempt = ${text.attempt}::int
    ), ledger as (
      insert into consent_events (phone_lookup, action, source, at)
      select ${text.phoneLookup}, 'out', 'provider', ${ctx.now}::timestamptz where ${optedOut}
    ), silenced as (
      update outbox o
      set state = 'suppressed', done_at = ${ctx.now}::timestamptz, updated_at = ${ctx.now}::timestamptz
      from moved where ${optedOut} and o.person_id = moved.person_id and o.id <> moved.id
        and o.state in ('queued', 'claimed')
    )
    select exists (select 1 from moved) as settled,
      exists (select 1 from outbox where id = ${text.id}::uuid and provider_sid <> ${sid}::text) as "otherSid"`;
  if (row?.otherSid)
    ctx.log.error("one text has two ids at the provider", { outboxId: text.id, attempt: text.attempt });
  return row?.settled ?? false;
}

const httpStatusOf = (outcome: SendOutcome): number | null =>
  "httpStatus" in outcome ? (outcome.httpStatus ?? null) : outcome.kind === "accepted" ? 201 : null;

function changeFor(now: Date, attempt: number, outcome: SendOutcome, checkAfter: number[]): Change {
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  switch (outcome.kind) {
    case "accepted": {
      const status = rankOf(outcome.status) > 0 ? outcome.status : "queued";
      return { state: stateFor(status), from: ["submitting", "uncertain"], sid: outcome.sid, status };
    }
    case "busy":
      return { state: "queued", from: ["submitting"], notBefore: later(backoff(attempt)), code: outcome.code };
    case "unknown":
      return { state: "uncertain", from: ["submitting"], nextCheckAt: later(checkAfter[0] ?? 60), code: outcome.code };
    case "rejected":
      if (outcome.fate === "pause_sender") {
        return { state: "queued", from: ["submitting"], notBefore: later(PAUSE_SECONDS), code: outcome.code };
      }
      return {
        state: outcome.fate === "opted_out" ? "suppressed" : "dead",
        from: ["submitting", "uncertain"],
        code: outcome.code,
        done: true,
      };
  }
}

/** 2, 4, 8 … seconds up to ten minutes, spread by half in both directions so that texts do not come back together. */
export const backoff = (attempt: number): number => Math.min(600, 2 ** attempt) * (0.5 + Math.random());
