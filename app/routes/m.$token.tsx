import type { Units } from "#app/posts/post.ts";
import { json, redirect } from "@remix-run/node";
import type { z } from "zod";
import { useActionData, useLoaderData } from "@remix-run/react";
import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { listPostClaims, type PostClaim } from "#app/claims/post-claims.server.ts";
import { listBackedClaims, type BackedClaim } from "#app/claims/backed-claims.server.ts";
import { BackedClaims } from "#app/claims/backed-claims.tsx";
import { PostClaims } from "#app/claims/post-claims.tsx";
import type { Ctx } from "#app/core/ctx.ts";
import { Problem, type ProblemKind } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { mergedInto } from "#app/posts/merged-into.server.ts";
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
import { shownMatches, type ShownMatches } from "#app/matching/shown-matches.server.ts";
import { MatchesOf } from "#app/matching/shown-matches.tsx";
import { TakeInput } from "#app/matching/take-input.ts";
import { takeMatch } from "#app/matching/take-match.server.ts";
import { Notice } from "#app/ui/index.ts";
import { useText } from "#app/i18n/use-text.ts";
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
  /** What the author of an offer promised out of it. */
  backed: BackedClaim[];
  questions: OpenQuestion[];
  threads: Thread[];
  matches: ShownMatches | null;
  /** The code of the post that goes on for this one. */
  joined: string | null;
  /** Somebody else was quicker with what they wanted to take up. */
  missed: boolean;
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
    backed: await listBackedClaims(ctx, { postId: managed.post.id, token }, locale),
    questions: (await openQuestions(ctx, managed.authorId)).filter(({ code }) => code === managed.post.code),
    threads: author ? await readThreads(ctx, author, locale) : [],
    matches: managed.post.status === "open" ? await shownMatches(ctx, { token }, locale) : null,
    missed: search.has("missed"),
    joined: managed.post.status === "closed" ? await mergedInto(ctx, managed.post.code) : null,
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
  } else if (act === "match") {
    const parsed = TakeInput.safeParse(values);
    if (!parsed.success) return json<ManageAnswer>(wrongQuantity(values), { status: 422, headers: mistake });
    throw redirect(`/m/${token}?${await takeByLink(ctx, managed, parsed.data)}`, 303);
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

/** Two may want the same at once: the slower one sees what is left, with a kind word. */
async function takeByLink(ctx: Ctx, managed: ManagedPost, wish: z.infer<typeof TakeInput>): Promise<string> {
  const missed = await takeMatch(ctx, managed, wish).then(
    () => false,
    (problem: unknown) => {
      if (problem instanceof Problem && GONE.includes(problem.kind)) return true;
      throw problem;
    },
  );
  notifyWorker(ctx.db);
  return missed ? "missed=1#fitting" : "done=match";
}

function wrongQuantity(values: Record<string, string>): ManageAnswer {
  const field = `quantity-${values["other"] ?? ""}`;
  return { act: "match", values, errors: [{ field, message: "claims.error.quantity", facts: {} }] };
}

const GONE: ProblemKind[] = ["already-covered", "not-open", "already-closed", "ask-coordinators", "not-found"];

export default function Manage() {
  const { claims, backed, units, questions, threads, matches, missed, joined, token, ...page } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const helpers =
    claims.length > 0 || backed.length > 0 || threads.length > 0 ? (
      <>
        <BackedClaims claims={backed} />
        <PostClaims post={{ kind: page.post.kind, units }} claims={claims} action="?" />
        <Threads threads={threads} action={({ claimId }) => authorsThreadUrl(token, claimId)} />
      </>
    ) : null;
  const asked = (
    <>
      {joined && <Joined code={joined} />}
      <Questions questions={questions} byLink />
    </>
  );
  return (
    <ManagePage
      {...page}
      helpers={helpers}
      questions={asked}
      matches={
        <MatchesOf matches={matches} missed={missed} take wrong={answer?.act === "match" ? answer.values : null} />
      }
      answer={answer}
      erase={<DeleteLink token={token} />}
    />
  );
}

function DeleteLink({ token }: { token: string }) {
  const t = useText();
  return (
    <p className="meta">
      <a href={`/m/${token}/delete`}>{t("mine.delete.post_link")}</a>
    </p>
  );
}

/** Their post is one with another, which goes on for both. */
function Joined({ code }: { code: string }) {
  const t = useText();
  return (
    <Notice>
      {t("posts.manage.joined")} <a href={`/p/${code}`}>{code}</a>
    </Notice>
  );
}
