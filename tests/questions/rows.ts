import type { Ctx } from "#app/core/ctx.ts";
import type { QuestionKind } from "#app/events/event.ts";
import { CLOCK_JOBS } from "../../scripts/worker-jobs.ts";

/** The jobs of the clock that a promise lives by, as the worker runs them, in its order. */
const JOBS = [
  "releaseClosed",
  "finishAnswers",
  "closeQuestions",
  "nudgeClaims",
  "askStillGood",
  "askGotIt",
  "askNeedAgain",
  "askStillNeeded",
  "lapseClaims",
  "tellUnconfirmed",
  "confirmSilentDeliveries",
  "expirePosts",
  "reopenPosts",
  "offerNext",
];

/** One round of the clock, as one worker runs it. */
export async function tick(ctx: Ctx): Promise<void> {
  for (const [name, job] of Object.entries(CLOCK_JOBS)) if (JOBS.includes(name)) await job(ctx);
}

/** The same round in three workers at once, and once more. */
export async function ticks(ctx: Ctx): Promise<void> {
  await Promise.all([tick(ctx), tick(ctx), tick(ctx)]);
  await tick(ctx);
}

export const at = <C extends Ctx>(ctx: C, now: Date): C => ({ ...ctx, now });

/** The same world some hours later. */
export const later = <C extends Ctx>(ctx: C, hours: number): C =>
  at(ctx, new Date(ctx.now.getTime() + hours * 3_600_000));

type Question = {
  id: string;
  kind: QuestionKind;
  personId: string;
  claimId: string | null;
  askedAt: Date;
  expiresAt: Date;
  answer: number | null;
  closedAt: Date | null;
};

/** All that was ever asked about a post, in its order. */
export const questionsOf = (ctx: Ctx, postId: string) => ctx.db.sql<Question[]>`
  select id, kind, person_id as "personId", claim_id as "claimId", asked_at as "askedAt", expires_at as "expiresAt", answer,
    closed_at as "closedAt"
  from questions where post_id = ${postId}::uuid order by asked_at, id`;

/** The times and the state of a claim. */
export async function claimRow(ctx: Ctx, id: string) {
  const [row] = await ctx.db.sql<
    {
      status: string;
      reason: string | null;
      dueAt: Date;
      lapsesAt: Date;
      nudgeAt: Date | null;
      askAt: Date | null;
      receiptAsks: number;
    }[]
  >`
    select status, release_reason as reason, due_at as "dueAt", lapses_at as "lapsesAt", nudge_at as "nudgeAt", ask_at as "askAt",
      receipt_asks as "receiptAsks"
    from claims where id = ${id}::uuid`;
  if (!row) throw new Error("there is no such claim");
  return row;
}

export async function typesOf(ctx: Ctx, postId: string): Promise<string[]> {
  const rows = await ctx.db.sql<{ type: string }[]>`
    select type from events where post_id = ${postId}::uuid order by id`;
  return rows.map(({ type }) => type);
}

export const count = (types: string[], type: string): number => types.filter((each) => each === type).length;
