import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { isLive } from "#app/claims/claim.ts";
import { RELEASE_REASONS, StepFormInput } from "#app/claims/claim-input.ts";
import { ClaimPage } from "#app/claims/claim-page.tsx";
import { findMyClaim } from "#app/claims/my-claims.server.ts";
import { UnknownYet } from "#app/claims/unknown-yet.tsx";
import { takeStep } from "#app/claims/take-step.server.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { useText } from "#app/i18n/use-text.ts";
import { isUuid } from "#app/people/uuid.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { postAnswers } from "#app/posts/post-fields.server.ts";
import { hasThread, readThreads } from "#app/relay/read-threads.server.ts";
import { ThreadSection } from "#app/relay/thread.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { forgetPages } from "#app/web/cookies.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

/** One promise: how to reach the other side, what to do next, and the way back. */
export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("signed-in", async ({ ctx, request, params, locale }) => {
  const id = params["id"] ?? "";
  const claim = isUuid(id) ? await findMyClaim(ctx, id, locale) : null;
  if (!claim) throw new Problem("not-found");
  const handingBack = new URL(request.url).searchParams.has("hand_back") && !claim.over && claim.status !== "delivered";
  const contact = claim.over || handingBack ? null : await getContact(ctx, claim.post.code).catch(nobody);
  const [thread] = claim.mine ? await readThreads(ctx, { personId: ctx.person.id, claimId: id }, locale) : [];
  const theyTalk = !claim.mine && (await hasThread(ctx, id));
  const answers = await postAnswers(ctx, claim.post, locale);
  const title = textFor(locale)("claims.page.title");
  return json({
    title,
    claim,
    contact,
    answers,
    handingBack,
    reasons: RELEASE_REASONS,
    unknownYet: claim.mine && isLive(claim.status) && !claim.over && !handingBack && !contact,
    thread: thread ?? null,
    theyTalk,
  });
});

/** It closes again two days after a delivery, and opens to nobody whom no coordinator has accepted; the rest of the page stays. */
function nobody(error: unknown): null {
  if (error instanceof Problem && error.kind === "not-found") return null;
  throw error;
}

export const action = guarded("signed-in", async ({ ctx, request, params, context }) => {
  const values = await readForm(request);
  const step = StepFormInput.safeParse(values);
  const typed = values["quantity"];
  if (!step.success && typed === undefined) throw new Problem("invalid-input");
  const claim = step.success ? await takeStep(ctx, { id: params["id"] ?? "", ...step.data }).catch(tooMany) : null;
  if (!claim) return json({ fault: { typed: typed ?? "" } }, { status: 422 });
  notifyWorker(ctx.db);
  const byAuthor = claim.status === "confirmed" && claim.post.kind === "need";
  const headers = claim.status === "released" ? forgetPages(context.services.env) : undefined;
  return redirect(byAuthor ? `/p/${claim.post.code}` : `/claims/${claim.id}`, { status: 303, headers });
});

/** More than was promised is a slip of the finger, mended on the same page. */
function tooMany(error: unknown): null {
  if (error instanceof Problem && error.kind === "invalid-input") return null;
  throw error;
}

export default function OneClaim() {
  const { thread, theyTalk, unknownYet, ...page } = useLoaderData<typeof loader>();
  const t = useText();
  return (
    <ClaimPage {...page} fault={useActionData<typeof action>()?.fault}>
      {unknownYet && <UnknownYet group={page.claim.post.group} />}
      {thread && <ThreadSection thread={thread} action={`/claims/${thread.claimId}/messages`} />}
      {theyTalk && <p className="meta">{t("relay.thread.exists")}</p>}
    </ClaimPage>
  );
}
