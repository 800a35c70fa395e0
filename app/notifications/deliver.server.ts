import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import type { SendOutcome, SendSms } from "#app/sms/sms.ts";
import { claimTexts, sendersNow, type Taken } from "./claim-texts.server.ts";
import { markSubmitting, type SubmittingText } from "./mark-submitting.server.ts";
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
  /** Resolves when there may be new work, or after `ms`: in a long run, so that one slow call does not hold up the rest. */
  wake?: (ms: number) => Promise<void>;
  /** Nothing new is begun once this is aborted. */
  signal?: AbortSignal;
};

/** `turn`: which sender is asked first, so that each gets its share of the free places. */
export type Pace = { most: number; now: number; pausedUntil: number; turn: number };
export const newPace = (concurrency = 20): Pace => ({ most: concurrency, now: concurrency, pausedUntil: 0, turn: 0 });

/** New work is looked for this often even while few places are free: a reply takes the next one. */
const LOOK_EVERY_MS = 250;
/**
 * Sends what is due until nothing is left, each sender at its own pace. Three commits a text: taken (lease), `submitting`
 * (the gate, before the call), and what became of it. Killed at any point, a text is either untouched or becomes
 * `uncertain`, never sent blindly twice.
 *
 * @returns how many calls were made.
 */
export async function deliver(ctx: Ctx, run: Delivering): Promise<number> {
  const pace = run.pace ?? newPace(run.concurrency);
  const inFlight = new Set<Promise<void>>();
  let sent = 0;
  let failed: unknown;
  let lookedAt = 0;
  for (;;) {
    const free = pace.now - inFlight.size;
    const paused = run.signal?.aborted === true || failed !== undefined || pace.pausedUntil > ctx.now.getTime();
    const worthwhile = free >= Math.max(1, Math.ceil(pace.now / 4));
    const look = !paused && (worthwhile || (free > 0 && performance.now() - lookedAt >= LOOK_EVERY_MS));
    const { ids, waitSeconds } = look ? await claimRound(ctx, run, pace, free) : NOTHING;
    if (look) lookedAt = performance.now();
    for (const id of ids) {
      const one: Promise<void> = deliverOne(ctx, run, id)
        .then((outcome) => {
          if (!outcome) return;
          sent += 1;
          adapt(ctx, pace, outcome);
        })
        .catch((error: unknown) => {
          failed ??= error;
        })
        .finally(() => inFlight.delete(one));
      inFlight.add(one);
    }
    const wait = run.wake && !paused && waitSeconds !== null && waitSeconds <= 1;
    if (inFlight.size === 0 && ids.length === 0 && !wait) {
      if (failed !== undefined) throw failed;
      return sent;
    }
    if (ids.length > 0 && inFlight.size < pace.now && waitSeconds === null) continue;
    // For tokens at least so long that what comes together goes by one statement; at most as long as the poll.
    const ms = waitSeconds === null ? LOOK_EVERY_MS : Math.ceil(Math.min(1, Math.max(0.05, waitSeconds)) * 1000);
    await Promise.race([...(wait ? [] : inFlight), ...(run.wake ? [run.wake(ms)] : [])]);
  }
}

const NOTHING: Taken = { ids: [], waitSeconds: null };

/** Asks each sender in turn for what it may send now. Some places are kept from alerts to many, for a reply that comes. */
async function claimRound(ctx: Ctx, run: Delivering, pace: Pace, free: number): Promise<Taken> {
  const senders = await sendersNow(ctx);
  const kept = Math.floor(pace.now / 10);
  const ids: string[] = [];
  let waitSeconds: number | null = null;
  for (let n = 0; n < senders.length && ids.length < free; n += 1) {
    const limit = free - ids.length;
    const taken = await claimTexts(ctx, senders[(pace.turn + n) % senders.length]!, {
      worker: run.worker,
      limit,
      bulk: Math.max(0, limit - kept),
      leaseSeconds: run.leaseSeconds ?? 30,
    });
    ids.push(...taken.ids);
    if (taken.waitSeconds !== null) waitSeconds = Math.min(waitSeconds ?? Infinity, taken.waitSeconds);
  }
  pace.turn += 1;
  return { ids, waitSeconds };
}

type Settled = { outcome: SendOutcome; from: string | null };

/** One text, from lease to outcome. Null when it was not to be sent. */
async function deliverOne(ctx: Ctx, run: Delivering, id: string): Promise<Settled | null> {
  const text = await markSubmitting(ctx, { id, worker: run.worker, leaseSeconds: run.submitSeconds ?? 40 });
  if (!text) return null;
  const outcome = await call(ctx, run.sendSms, text);
  await persist(() => settle(ctx, text, outcome, run.checkAfterSeconds));
  return { outcome, from: text.from };
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
    return await sendSms({ ...opened, from: text.from, outboxId: text.id, attempt: text.attempt, validitySeconds });
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

/** "Too many" halves what is in flight. A sender in trouble was paused by `settle`; where there is none, the run is. */
function adapt(ctx: Ctx, pace: Pace, { outcome, from }: Settled): void {
  if (outcome.kind === "busy") pace.now = Math.max(1, Math.floor(pace.now / 2));
  else if (outcome.kind === "accepted") pace.now = Math.min(pace.most, pace.now + 1);
  if (outcome.kind === "rejected" && outcome.fate === "pause_sender") {
    if (from === null) pace.pausedUntil = ctx.now.getTime() + 60_000;
    ctx.log.error("the provider refuses our sender or account; texts wait", { errorCode: outcome.code });
  }
}
