import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { listBackedClaims } from "#app/claims/backed-claims.server.ts";
import { BackedClaims } from "#app/claims/backed-claims.tsx";
import { PostClaims } from "#app/claims/post-claims.tsx";
import { isWaiting } from "#app/claims/leave-waiting-list.server.ts";
import { listPostClaims } from "#app/claims/post-claims.server.ts";
import { UnknownYet } from "#app/claims/unknown-yet.tsx";
import { Waiting } from "#app/claims/waiting.tsx";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { shownMatches } from "#app/matching/shown-matches.server.ts";
import { MatchesOf } from "#app/matching/shown-matches.tsx";
import { isUuid } from "#app/people/uuid.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { getPost, standing } from "#app/posts/get-post.server.ts";
import { mergedInto } from "#app/posts/merged-into.server.ts";
import { postAnswers } from "#app/posts/post-fields.server.ts";
import { postHistory } from "#app/posts/post-history.server.ts";
import { PostPage } from "#app/posts/post-page.tsx";
import { cardOf, historyLines, momentWords } from "#app/posts/post-words.ts";
import { askPerson } from "#app/waves/ask-person.server.ts";
import { askedSoFar } from "#app/waves/asked-so-far.server.ts";
import { AskedSoFarLine } from "#app/waves/asked-so-far.tsx";
import { bestPeople } from "#app/waves/best-people.server.ts";
import { BestPeople } from "#app/waves/best-people.tsx";
import { declineAsk } from "#app/waves/decline-ask.server.ts";
import { myAsk } from "#app/waves/my-ask.server.ts";
import { MyAsk } from "#app/waves/my-ask.tsx";
import { shownPerson } from "#app/waves/person-words.ts";
import { readThreads } from "#app/relay/read-threads.server.ts";
import { Threads } from "#app/relay/thread.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("anyone", async ({ ctx, params, locale }) => {
  const post = await getPost(ctx, params["code"] ?? "", locale);
  if (!post) throw await elsewhere(ctx, params["code"] ?? "");
  const t = textFor(locale);
  const claimable = post.status === "open" && post.remaining > 0;
  const [events, stands, promises, backed, ask, waiting, answers, matches] = await Promise.all([
    postHistory(ctx, post.id),
    standing(ctx, post.id),
    listPostClaims(ctx, { postId: post.id, token: null }, locale),
    listBackedClaims(ctx, { postId: post.id, token: null }, locale),
    myAsk(ctx, post.id),
    ctx.person ? isWaiting({ ...ctx, person: ctx.person }, post.id) : null,
    postAnswers(ctx, post, locale),
    claimable ? shownMatches(ctx, { code: post.code }, locale) : null,
  ]);
  const threads =
    ctx.person && stands.wrote ? await readThreads(ctx, { personId: ctx.person.id, postId: post.id }, locale) : [];
  const people =
    stands.runs && claimable && post.kind === "need" && ctx.person
      ? await peopleFor({ ...ctx, person: ctx.person }, post.code, locale)
      : [];
  const soFar = stands.runs ? await askedSoFar(ctx, post.id) : null;
  return json(
    {
      promises,
      backed,
      matches,
      people,
      soFar: soFar && { ...soFar, nextAt: soFar.nextAt && momentWords(locale, soFar.nextAt) },
      ask: claimable ? ask : null,
      waiting,
      threads,
      units: post.units,
      title: post.title,
      post: cardOf(t, locale, post, ctx.now),
      details: post.details,
      group: post.group,
      quantity: post.quantity,
      remaining: post.remaining,
      open: post.status === "open",
      asked: momentWords(locale, post.createdAt),
      answers,
      history: historyLines(t, locale, post.kind, events),
      mayContact: stands.mayContact,
      unknownYet: stands.unknownYet,
      mayReview: stands.runs && post.status === "in_review",
      mayClaim: claimable && !stands.wrote,
    },
    ctx.person ? { headers: { "Cache-Control": "no-store" } } : undefined,
  );
});

/** What was joined into another post leads there. */
async function elsewhere(ctx: Ctx, code: string): Promise<Response | Problem> {
  const kept = await mergedInto(ctx, code);
  return kept ? redirect(`/p/${kept}`) : new Problem("not-found");
}

/** Showing the contact is a POST: a look is recorded, and no link or prefetch can make one. */
export const action = guarded("signed-in", async ({ ctx, request, params, locale }) => {
  const code = params["code"] ?? "";
  const { act, person } = await readForm(request);
  if (act === "contact") {
    return json({ contact: await getContact(ctx, code) }, { headers: { "Cache-Control": "no-store" } });
  }
  if (act === "approve") await approvePost(ctx, { code });
  else if (act === "ask" && isUuid(person ?? "")) await askPerson(ctx, { code, personId: person! });
  else if (act === "cannot") await cannot(ctx, code, locale);
  else if (act === "decline") await closePost(ctx, { code, reason: "declined" });
  else throw new Problem("invalid-input");
  notifyWorker(ctx.db);
  throw redirect(`/p/${code}`, 303);
});

async function peopleFor(ctx: PersonCtx, code: string, locale: Locale) {
  const t = textFor(locale);
  return (await bestPeople(ctx, code)).map((person) => shownPerson(t, locale, person, ctx.now));
}

async function cannot(ctx: PersonCtx, code: string, locale: Locale): Promise<void> {
  const post = await getPost(ctx, code, locale);
  if (!post) throw new Problem("not-found");
  await declineAsk(ctx, { personId: ctx.person.id, postId: post.id });
}

export default function Post() {
  const { promises, backed, threads, ask, soFar, waiting, units, matches, people, unknownYet, ...page } =
    useLoaderData<typeof loader>();
  return (
    <PostPage {...page} contact={useActionData<typeof action>()?.contact}>
      <MyAsk ask={ask} />
      <AskedSoFarLine soFar={soFar} />
      {waiting !== null && <Waiting code={page.post.code} waiting={waiting} />}
      <BackedClaims claims={backed} />
      <PostClaims post={{ kind: page.post.kind, units }} claims={promises} />
      {unknownYet && <UnknownYet group={page.group} />}
      <Threads threads={threads} action={({ claimId }) => `/claims/${claimId}/messages`} />
      <MatchesOf matches={matches} />
      <BestPeople people={people} />
    </PostPage>
  );
}
