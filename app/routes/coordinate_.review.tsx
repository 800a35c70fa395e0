import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { newToken } from "#app/core/ids.server.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { actOnReview } from "#app/dashboard/review/act-on-review.server.ts";
import { ReviewPage } from "#app/dashboard/review/review-page.tsx";
import { listBlocked, listReview } from "#app/dashboard/review/review.server.ts";
import { isReviewAct } from "#app/dashboard/review/review.ts";
import { groupsInView } from "#app/dashboard/scope.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const groups = await groupsInView(ctx, null, locale);
  const done = new URL(request.url).searchParams.get("done");
  const data = {
    title: textFor(locale)("review.title"),
    posts: await listReview(ctx, groups, locale),
    blocked: await listBlocked(ctx, groups),
    said: isReviewAct(done) ? done : null,
    admin: ctx.person.isAdmin,
    now: ctx.now.getTime(),
    formKey: newToken(),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export const action = guarded("coordinator", async ({ ctx, request }) => {
  const done = await actOnReview(ctx, await readForm(request));
  if (typeof done !== "string")
    return json({ unsent: done }, { status: done.why === "review.error.words" ? 422 : 409 });
  notifyWorker(ctx.db);
  throw redirect(`/coordinate/review?done=${done}`, 303);
});

export default function Review() {
  return (
    <ReviewPage
      {...useLoaderData<typeof loader>()}
      unsent={useActionData<typeof action>()?.unsent}
      nav={<CoordinatorNav at="review" />}
    />
  );
}
