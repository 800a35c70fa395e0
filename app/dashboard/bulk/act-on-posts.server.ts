import { withUndo, type PersonCtx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import { Problem } from "#app/core/problems.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { setCategory } from "#app/posts/set-category.server.ts";
import { sendOn } from "../acts/send-on.server.ts";
import { stillHeld, undoAct } from "../undo.server.ts";
import type { BulkAct, Chosen, Outcome } from "./bulk.ts";

/**
 * Does the same to several posts, each by its own verb on the revision that was chosen: one that cannot be changed, or
 * that somebody else changed since, stays as it is and is named with the reason, and the others go on.
 */
export async function actOnPosts(ctx: PersonCtx, act: BulkAct, chosen: readonly Chosen[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const post of chosen)
    outcomes.push({ code: post.code, problem: await problemOf(ctx, () => actOn(withUndo(ctx), act, post)) });
  return outcomes;
}

async function problemOf(ctx: PersonCtx, work: () => Promise<unknown>): Promise<Outcome["problem"]> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.kind;
    ctx.log.error("bulk act failed", errorFields(error));
    return "unexpected";
  }
}

function actOn(ctx: PersonCtx, act: BulkAct, { code, revision }: Chosen): Promise<unknown> {
  switch (act.kind) {
    case "approve":
      return approvePost(ctx, { code, revision });
    case "close":
      return closePost(ctx, { code, revision, reason: act.reason });
    case "urgency":
      return editPost(ctx, { code, revision, changes: { urgency: act.urgency } });
    case "category":
      return setCategory(ctx, { code, revision, categoryId: act.categoryId });
    case "group":
      return sendOn(ctx, { code, revision, to: act.slug, agreed: act.agreed });
  }
}

/** Takes back what the asker did to these posts within the last ten seconds. What is too late, or was gone on with, stays and is named. */
export async function undoOnPosts(ctx: PersonCtx, codes: readonly string[]): Promise<Outcome[]> {
  const held = await ctx.db.sql<{ id: string; code: string }[]>`
    select max(e.id) as id, p.code from events e join posts p on p.id = e.post_id
    where p.code = any(${[...codes]}::text[]) and ${stillHeld(ctx)}
    group by p.code`;
  const eventOf = new Map(held.map(({ id, code }) => [code, Number(id)]));
  const outcomes: Outcome[] = [];
  for (const code of codes) {
    const eventId = eventOf.get(code);
    const undo = () => undoAct(ctx, { eventId: eventId! });
    outcomes.push({ code, problem: eventId === undefined ? "too-late-to-undo" : await problemOf(ctx, undo) });
  }
  return outcomes;
}
