import type { z } from "zod";
import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { answerName, answersOf, checkAnswers, keepGone, type FieldView } from "#app/groups/field-answers.ts";
import { answerFault } from "#app/groups/typed-answers.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost, type PostChanges } from "#app/posts/edit-post.server.ts";
import type { ManagedPost } from "#app/posts/get-post.server.ts";
import { CloseInput, EditInput } from "#app/posts/manage-input.ts";
import type { ManageAnswer, ManagePageProps } from "#app/posts/manage-page.tsx";
import { windowOf } from "#app/posts/new-post.server.ts";
import { postFields } from "#app/posts/post-fields.server.ts";
import { postHistory } from "#app/posts/post-history.server.ts";
import { cardOf, dayWords, historyLines } from "#app/posts/post-words.ts";
import type { PostView } from "#app/posts/post.ts";
import { reopenPost } from "#app/posts/reopen-post.server.ts";

/** Everything the author's page says, in the reader's words. */
export async function managePage(
  ctx: Ctx,
  t: Text,
  locale: Locale,
  managed: ManagedPost,
): Promise<Omit<ManagePageProps, "fresh" | "done">> {
  const { post } = managed;
  const [events, looks, fields] = await Promise.all([
    postHistory(ctx, post.id),
    countLooks(ctx, post.id),
    postFields(ctx, post.id, locale),
  ]);
  return {
    post: cardOf(t, locale, post, ctx.now),
    details: post.details,
    group: post.group,
    quantity: post.quantity,
    remaining: post.remaining,
    hasPhone: managed.hasPhone,
    reopens: post.reopensAt && t("posts.manage.reopens", { day: dayWords(locale, post.reopensAt) }),
    history: historyLines(t, locale, post.kind, events),
    looks,
    fields,
    answers: post.answers,
    edit: {
      title: post.title,
      details: post.details ?? "",
      quantity: String(post.quantity),
      place: post.place ?? "",
      address: managed.address ?? "",
      privateNote: managed.privateNote ?? "",
    },
  };
}

/** How many people opened the author's contact; a page that is loaded again is the same look. */
async function countLooks(ctx: Ctx, postId: string): Promise<number> {
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(distinct actor_id)::int as n from events where post_id = ${postId}::uuid and type = 'contact.seen'`;
  return row?.n ?? 0;
}

const DONE = {
  edit: "posts.manage.saved_now",
  close: "posts.manage.closed_now",
  reopen: "posts.manage.reopened_now",
  confirm: "posts.promise.confirmed_now",
  match: "matching.shown.taken",
} as const satisfies Record<string, MessageId>;

export const doneWords = (act: string | null): MessageId | null =>
  act && Object.hasOwn(DONE, act) ? DONE[act as keyof typeof DONE] : null;

type Act = { token: string; post: PostView; values: Record<string, string> };

/** Does what the author's form says. @returns what is wrong with it, or `null` when it is done. */
export async function actOnPost(ctx: Ctx, { token, post, values }: Act, locale: Locale): Promise<ManageAnswer | null> {
  switch (values["act"]) {
    case "reopen":
      return again(() => reopenPost(ctx, { token }), "wrong-step");
    case "close": {
      const parsed = CloseInput.safeParse(values);
      if (!parsed.success) return wrong("close", values, parsed.error);
      const { reason, days } = parsed.data;
      return again(() => closePost(ctx, { token, reason, reopenInDays: days }), "already-closed");
    }
    case "edit": {
      const parsed = EditInput.safeParse(values);
      if (!parsed.success) return wrong("edit", values, parsed.error);
      const fields = await postFields(ctx, post.id, locale);
      const faults = answerFaults(fields, values);
      if (faults.length > 0) return { act: "edit", values, errors: faults };
      const given = answersOf(fields, values);
      const answers = keepGone(fields, post.answers, { ...given, ...checkAnswers(fields, given).answers });
      return edit(ctx, { token, post, values }, { ...parsed.data, answers });
    }
    default:
      throw new Problem("invalid-input");
  }
}

/** A second tap on the same button finds it done, which is what was wanted. */
async function again(run: () => Promise<unknown>, done: "wrong-step" | "already-closed"): Promise<null> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== done) throw error;
  }
  return null;
}

async function edit(
  ctx: Ctx,
  { token, post: { kind }, values }: Act,
  changes: z.infer<typeof EditInput> & Pick<PostChanges, "answers">,
): Promise<ManageAnswer | null> {
  const { when, ...rest } = changes;
  try {
    await editPost(ctx, { token, changes: { ...rest, ...(when === "keep" ? {} : windowOf(kind, when, ctx.now)) } });
    return null;
  } catch (error) {
    if (!(error instanceof Problem) || error.facts["least"] === undefined) throw error;
    const message: MessageId = "posts.error.quantity_least";
    return { act: "edit", values, errors: [{ field: "quantity", message, facts: error.facts }] };
  }
}

function answerFaults(fields: FieldView[], values: Record<string, string>): ManageAnswer["errors"] {
  const { wrong: keys } = checkAnswers(fields, answersOf(fields, values));
  const faults = fields.filter(({ key }) => keys.includes(key));
  return faults.map(({ key, type }) => ({ field: answerName(key), message: answerFault(type), facts: {} }));
}

function wrong(act: ManageAnswer["act"], values: Record<string, string>, { issues }: z.ZodError): ManageAnswer {
  const fields = new Map(issues.toReversed().map((issue) => [String(issue.path[0]), issue.message as MessageId]));
  return { act, values, errors: [...fields].map(([field, message]) => ({ field, message, facts: {} })).toReversed() };
}
