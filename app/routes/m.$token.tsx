import type { Units } from "#app/posts/post.ts";
import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { listPostClaims, type PostClaim } from "#app/claims/post-claims.server.ts";
import { PostClaims } from "#app/claims/post-claims.tsx";
import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { getManagedPost, type ManagedPost } from "#app/posts/get-post.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { actOnPost, doneWords, managePage } from "#app/posts/manage-post.server.ts";
import { ManagePage, type ManageAnswer, type ManagePageProps } from "#app/posts/manage-page.tsx";
import { answerQuestion } from "#app/questions/answer-question.server.ts";
import { answeredMark, answeredWords } from "#app/questions/answered-words.ts";
import { openQuestions } from "#app/questions/open-questions.server.ts";
import { AnswerInput } from "#app/questions/question-input.ts";
import type { OpenQuestion } from "#app/questions/question.ts";
import { Questions } from "#app/questions/questions.tsx";
import { authorByToken, readThreads, type Thread } from "#app/relay/read-threads.server.ts";
import { authorsThreadUrl, Threads } from "#app/relay/thread.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;
/** The address is the permission: no cache keeps the page, and no search engine lists it. */
export const headers = screenHeaders;

type Shown = ManagePageProps & {
  title: string;
  units: Units | null;
  claims: PostClaim[];
  questions: OpenQuestion[];
  threads: Thread[];
  token: string;
};

export const loader = guarded("link", async ({ ctx, params, locale, request }) => {
  const token = params["token"] ?? "";
  const managed = await getManagedPost(ctx, token, locale);
  if (!managed) throw new Problem("not-found");
  const t = textFor(locale);
  const search = new URL(request.url).searchParams;
  const author = await authorByToken(ctx, token);
  return json<Shown>({
    ...(await managePage(ctx, t, locale, managed)),
    claims: await listPostClaims(ctx, { postId: managed.post.id, token }, locale),
    questions: (await openQuestions(ctx, managed.authorId)).filter(({ code }) => code === managed.post.code),
    threads: author ? await readThreads(ctx, author, locale) : [],
    token,
    units: managed.post.units,
    title: managed.post.title,
    fresh: search.has("new"),
    done: doneWords(search.get("done")) ?? answeredWords(search.get("answered")),
  });
});

export const action = guarded("link", async ({ ctx, params, locale, request }) => {
  const token = params["token"] ?? "";
  const managed = await getManagedPost(ctx, token, locale);
  if (!managed) throw new Problem("not-found");
  const values = await readForm(request);
  const act = values["act"] ?? "";
  if (act === "confirm") {
    const id = values["claim"] ?? "";
    if (!isUuid(id)) throw new Problem("not-found");
    await confirmClaim(ctx, { id, token });
  } else if (act === "answer") {
    throw redirect(`/m/${token}?answered=${await answerByLink(ctx, managed, values)}`, 303);
  } else {
    const answer = await actOnPost(ctx, { token, post: managed.post, values }, locale);
    if (answer) return json<ManageAnswer>(answer, { status: 422, headers: mistake });
  }
  notifyWorker(ctx.db);
  throw redirect(`/m/${token}?done=${act}`, 303);
});

/** Whoever holds the link is the author of this one post, so only questions about it are theirs to answer. */
async function answerByLink(ctx: Ctx, { authorId, post }: ManagedPost, values: Record<string, string>) {
  const parsed = AnswerInput.safeParse(values);
  if (!parsed.success) throw new Problem("invalid-input");
  const question = { id: values["question"] ?? "", personId: authorId, postId: post.id };
  const answered = await answerQuestion(ctx, { ...question, answer: parsed.data.answer });
  notifyWorker(ctx.db);
  return answeredMark(answered);
}

export default function Manage() {
  const { claims, units, questions, threads, token, ...page } = useLoaderData<typeof loader>();
  const helpers =
    claims.length > 0 || threads.length > 0 ? (
      <>
        <PostClaims post={{ kind: page.post.kind, units }} claims={claims} action="?" />
        <Threads threads={threads} action={({ claimId }) => authorsThreadUrl(token, claimId)} />
      </>
    ) : null;
  const asked = <Questions questions={questions} byLink />;
  return <ManagePage {...page} helpers={helpers} questions={asked} answer={useActionData<typeof action>()} />;
}
