import type { z } from "zod";
import { withUndo, type PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { reopenPost } from "#app/posts/reopen-post.server.ts";
import { DeskApprove, DeskClose, DeskEdit, DeskMerge, DeskSend, DeskSplit, readSeen } from "./desk-input.ts";
import { DESK_ACTS, type DeskAct, type DeskFault } from "./desk.ts";
import { mergePosts } from "./merge-posts.server.ts";
import { sendOn } from "./send-on.server.ts";
import { splitPost } from "./split-post.server.ts";

type Values = Record<string, string>;
const isAct = (act: string | undefined): act is DeskAct => DESK_ACTS.includes(act as DeskAct);

/** Does what the form says. @returns what is wrong with it and what was typed, or null when it is done. */
export async function actOnDesk(ctx: PersonCtx, code: string, values: Values): Promise<DeskFault | null> {
  const { act } = values;
  if (!isAct(act)) throw new Problem("invalid-input");
  try {
    await ACTS[act](withUndo(ctx), code, values);
    return null;
  } catch (error) {
    if (error instanceof Wrong) return { act, values, errors: error.errors, conflict: false, before: {} };
    if (!(error instanceof Problem)) throw error;
    const errors = errorsOf(error, act);
    if (!errors) throw error;
    const conflict = errors.some(({ field }) => field === "conflict");
    return { act, values, errors, conflict, before: conflict ? readSeen(values) : {} };
  }
}

/** What cannot be done right now is said on the page, beside what was typed. */
function errorsOf({ kind, facts }: Problem, act: DeskAct): DeskFault["errors"] | null {
  if (kind === "already-closed" && act === "merge")
    return [{ field: "conflict", message: "acts.conflict.pair", facts: {} }];
  if (kind === "changed-meanwhile" || kind === "already-closed" || (kind === "wrong-step" && act === "approve"))
    return [{ field: "conflict", message: "acts.conflict", facts: {} }];
  if (kind === "already-covered") return [{ field: "keep", message: "acts.error.no_room", facts }];
  if (kind === "invalid-input" && facts["field"] === "keep")
    return [
      { field: "keep", message: `acts.error.keep_${facts["why"] as "holds" | "backs" | "in_review"}`, facts: {} },
    ];
  if (kind === "invalid-input" && facts["least"] !== undefined)
    return [{ field: "quantity", message: "posts.error.quantity_least", facts }];
  if (kind === "invalid-input" && facts["most"] !== undefined)
    return [{ field: "part", message: "acts.error.part", facts }];
  return null;
}

class Wrong extends Error {
  constructor(readonly errors: DeskFault["errors"]) {
    super("wrong input");
  }
}

function parsed<T>(schema: z.ZodType<T>, values: Values): T {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const fields = new Map(
    result.error.issues.toReversed().map(({ path, message }) => [String(path[0]), message as MessageId]),
  );
  throw new Wrong([...fields].toReversed().map(([field, message]) => ({ field, message, facts: {} })));
}

/** What each act does, in a context where it can be taken back. */
const ACTS: Record<DeskAct, (ctx: PersonCtx, code: string, values: Values) => Promise<unknown>> = {
  edit: (ctx, code, values) => {
    const { revision, ...changes } = parsed(DeskEdit, values);
    return editPost(ctx, { code, changes, revision });
  },
  close: (ctx, code, values) => closePost(ctx, { code, ...parsed(DeskClose, values) }),
  approve: (ctx, code, values) => approvePost(ctx, { code, ...parsed(DeskApprove, values) }),
  reopen: (ctx, code) => reopenPost(ctx, { code }),
  split: (ctx, code, values) => {
    const { part, revision } = parsed(DeskSplit, values);
    return splitPost(ctx, { code, quantity: part, revision });
  },
  send: (ctx, code, values) => {
    const { to, revision } = parsed(DeskSend, values);
    return sendOn(ctx, { code, to, agreed: true, revision });
  },
  merge: (ctx, code, values) => mergePosts(ctx, { drop: code, ...parsed(DeskMerge, values) }),
};
