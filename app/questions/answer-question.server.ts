import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { extendClaim } from "#app/claims/extend-claim.server.ts";
import { notArrived } from "#app/claims/not-arrived.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem, type ProblemKind } from "#app/core/problems.ts";
import type { QuestionKind } from "#app/events/event.ts";
import { findSignedIn } from "#app/people/find-session.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { reopenPost } from "#app/posts/reopen-post.server.ts";
import { keepUp } from "./keep-up.server.ts";
import { restOn } from "./rest-on.server.ts";
import type { Answer } from "./question.ts";

/** What became of a question. `answer` is the first that was given; `null` where it was over before anybody answered. */
export type Answered = { kind: QuestionKind; answer: Answer | null; code: string };

/** `postId`: only if it is about this post, for whoever comes by a link that opens that one. */
type Given = { id: string; personId: string; answer: Answer; postId?: string | null };

/** Not a fault of the answer: something else has settled the matter meanwhile. */
const SETTLED: ProblemKind[] = ["wrong-step", "already-closed", "not-found", "not-allowed"];

type Question = {
  id: string;
  kind: QuestionKind;
  claim_id: string;
  code: string;
  answer: Answer | null;
  open: boolean;
};

/**
 * Answers a question: the first answer wins, and what it means is done. Three steps, each safe to repeat: the answer is
 * noted, its effect carried out, the question closed. Killed in between, the same answer once more or the clock
 * (`finishAnswers`) finishes it.
 *
 * `still_good` 1 puts the promise off, 2 hands it back · `got_it` 1 confirms, 2 opens it again · `need_again` 1 puts the
 * post back up, 2 leaves it closed for good · `still_needed` 1 keeps it up for its category's time, 2 closes it.
 *
 * @throws Problem `not-found` where it is not this person's question.
 */
export async function answerQuestion(ctx: Ctx, { id, personId, answer, postId = null }: Given): Promise<Answered> {
  if (!isUuid(id)) throw new Problem("not-found");
  const question = await note(ctx, { id, personId, answer, postId });
  if (question.open && question.answer) question.answer = await carryOut(ctx, question, question.answer, personId);
  return { kind: question.kind, answer: question.answer, code: question.code };
}

/** Finishes answers whose worker or request died on the way. The clock calls it. @returns how many. */
export async function finishAnswers(ctx: Ctx): Promise<number> {
  const begun = await ctx.db.sql<{ id: string; personId: string; answer: Answer }[]>`
    select id, person_id as "personId", answer from questions where closed_at is null and answer is not null limit 50`;
  for (const each of begun) await answerQuestion(ctx, each);
  return begun.length;
}

/** The question as it stands now, with this answer if none was given before. */
async function note(ctx: Ctx, { id, personId, answer, postId }: Required<Given>) {
  const { sql } = ctx.db;
  const theirs = sql`q.id = ${id}::uuid and q.person_id = ${personId}::uuid and q.post_id = coalesce(${postId}::uuid, q.post_id)`;
  await sql`
    update questions q set answer = ${answer}::smallint
    where ${theirs} and q.closed_at is null and q.answer is null
      and q.expires_at > ${ctx.now}::timestamptz`;
  const [question] = await sql<Question[]>`
    select q.id, q.kind, q.claim_id, p.code, q.answer, q.closed_at is null as open
    from questions q join posts p on p.id = q.post_id
    where ${theirs}`;
  if (!question) throw new Problem("not-found");
  return question;
}

async function carryOut(ctx: Ctx, question: Question, answer: Answer, personId: string): Promise<Answer | null> {
  const person = await findSignedIn(ctx.db, personId);
  if (!person) throw new Problem("not-found");
  let done = true;
  try {
    await EFFECTS[question.kind][answer]({ ...ctx, person }, question);
  } catch (error) {
    if (!(error instanceof Problem) || !SETTLED.includes(error.kind)) throw error;
    done = false;
  }
  const result = done ? answer : null;
  await ctx.db.sql`
    update questions set answer = ${result}::smallint, closed_at = ${ctx.now}::timestamptz
    where id = ${question.id}::uuid and closed_at is null`;
  return result;
}

type Effect = (ctx: PersonCtx, question: Question) => Promise<unknown>;

const EFFECTS: Record<QuestionKind, Record<Answer, Effect>> = {
  still_good: {
    1: (ctx, { claim_id: id }) => extendClaim(ctx, { id }),
    2: (ctx, { claim_id: id }) => releaseClaim(ctx, { id, reason: null }),
  },
  got_it: {
    1: (ctx, { claim_id: id }) => confirmClaim(ctx, { id, token: null }),
    2: (ctx, { claim_id: id }) => notArrived(ctx, { id, personId: ctx.person.id }),
  },
  need_again: {
    1: (ctx, { code }) => unless("wrong-step", reopenPost(ctx, { code })),
    2: (ctx, { id }) => restOn(ctx, { questionId: id }),
  },
  still_needed: {
    1: (ctx, { id }) => keepUp(ctx, { questionId: id }),
    2: (ctx, { code }) => unless("already-closed", closePost(ctx, { code, reason: "withdrawn" })),
  },
};

/** Where it stands already as the answer wishes, nothing is left to do. */
async function unless(kind: ProblemKind, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== kind) throw error;
  }
}
