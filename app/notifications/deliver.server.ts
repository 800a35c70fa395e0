import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import type { SendOutcome, SendSms } from "#app/sms/sms.ts";
import { claimTexts, markSubmitting, type SubmittingText } from "./claim-texts.server.ts";
import { settle } from "./settle.server.ts";

export type Delivering = {
  sendSms: SendSms;
  /** Names the process in leases and evidence. */
  worker: string;
  /** Calls to the provider at the same time; halved while it answers "too many". */
  concurrency?: number;
  /** How long a claimed text stays this worker's before others may take it. */
  leaseSeconds?: number;
  /** How long a call may take; longer than the adapter's own timeout. */
  submitSeconds?: number;
  checkAfterSeconds?: number[];
  /** What earlier runs learned about the provider; keep one object for the life of the process. */
  pace?: Pace;
  /** Resolves when there may be new work: in a long run, so that one slow call does not hold up the rest. */
  wake?: () => Promise<void>;
  /** Nothing new is begun once this is aborted. */
  signal?: AbortSignal;
};

export type Pace = { most: number; now: number; pausedUntil: number };
export const newPace = (concurrency = 20): Pace => ({ most: concurrency, now: concurrency, pausedUntil: 0 });

/**
 * Sends what is due until nothing is left. Three commits a text: taken (lease), `submitting` (the gate, before the call),
 * and what became of it. Killed at any point, a text is either untouched or becomes `uncertain`, never sent blindly twice.
 *
 * @returns how many calls were made.
 */
export async function deliver(ctx: Ctx, run: Delivering): Promise<number> {
  const limits = run.pace ?? newPace(run.concurrency);
  const inFlight = new Set<Promise<void>>();
  let sent = 0;
  let failed: unknown;
  for (;;) {
    const free = limits.now - inFlight.size;
    const paused = run.signal?.aborted === true || failed !== undefined || limits.pausedUntil > ctx.now.getTime();
    const worthwhile = free >= Math.max(1, Math.ceil(limits.now / 4));
    const ids =
      paused || !worthwhile
        ? []
        : await claimTexts(ctx, { worker: run.worker, limit: free, leaseSeconds: run.leaseSeconds ?? 30 });
    for (const id of ids) {
      const one: Promise<void> = deliverOne(ctx, run, id)
        .then((outcome) => {
          if (!outcome) return;
          sent += 1;
          adapt(ctx, limits, outcome);
        })
        .catch((error: unknown) => {
          failed ??= error;
        })
        .finally(() => inFlight.delete(one));
      inFlight.add(one);
    }
    if (inFlight.size === 0 && ids.length === 0) {
      if (failed !== undefined) throw failed;
      return sent;
    }
    if (ids.length === 0 || inFlight.size >= limits.now) {
      await Promise.race([...inFlight, ...(run.wake && worthwhile ? [run.wake()] : [])]);
    }
  }
}

/** One text, from lease to outcome. Null when it was not to be sent. */
async function deliverOne(ctx: Ctx, run: Delivering, id: string): Promise<SendOutcome | null> {
  const text = await markSubmitting(ctx, { id, worker: run.worker, leaseSeconds: run.submitSeconds ?? 40 });
  if (!text) return null;
  const outcome = await call(ctx, run.sendSms, text);
  await persist(() => settle(ctx, text, outcome, run.checkAfterSeconds));
  return outcome;
}

async function call(ctx: Ctx, sendSms: SendSms, text: SubmittingText): Promise<SendOutcome> {
  let opened: { to: string; body: string };
  try {
    opened = {
      to: ctx.seal.open(text.phoneSealed, { table: "people", column: "phone_sealed", row: text.personId }),
      body: ctx.seal.open(text.bodySealed ?? "", { table: "outbox", column: "body_sealed", row: text.id }),
    };
  } catch (error) {
    ctx.log.error("a text does not open", { outboxId: text.id, ...errorFields(error) });
    return { kind: "rejected", code: "sealed", httpStatus: 0, fate: "dead" };
  }
  try {
    const validitySeconds = Math.round((text.expiresAt.getTime() - ctx.now.getTime()) / 1000) - 30;
    return await sendSms({ ...opened, from: null, outboxId: text.id, attempt: text.attempt, validitySeconds });
  } catch (error) {
    return { kind: "unknown", code: error instanceof Error ? error.name : "unknown" };
  }
}

/** The outcome is known: it must reach the database even if that is away for a moment, else it counts as unknown. */
async function persist(write: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await write();
      return;
    } catch (error) {
      if (tries === 8) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** Math.min(tries, 5)));
    }
  }
}

/** "Too many" halves what is in flight; a sender in trouble stops the run, the texts wait. */
function adapt(ctx: Ctx, limits: Pace, outcome: SendOutcome): void {
  if (outcome.kind === "busy") limits.now = Math.max(1, Math.floor(limits.now / 2));
  else if (outcome.kind === "accepted") limits.now = Math.min(limits.most, limits.now + 1);
  if (outcome.kind === "rejected" && outcome.fate === "pause_sender") {
    limits.pausedUntil = ctx.now.getTime() + 60_000;
    ctx.log.error("the provider refuses our sender or account; texts wait", { errorCode: outcome.code });
  }
}
