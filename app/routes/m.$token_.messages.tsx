import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { isUuid } from "#app/people/uuid.ts";
import { actOnThread } from "#app/relay/act-on-thread.server.ts";
import { authorByToken, readThreads } from "#app/relay/read-threads.server.ts";
import { authorsThreadUrl } from "#app/relay/thread.tsx";
import { ThreadPage } from "#app/relay/thread-page.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";

/** What the author and one claimer say to each other, over the author's private link: `?claim=` says which. */
export const handle = { hydrate: false };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("link", async ({ ctx, params, locale, request }) => {
  const token = params["token"] ?? "";
  const { thread } = await authorsThread(ctx, token, request.url, locale);
  return json({ title: textFor(locale)("relay.thread.title"), thread, token });
});

export const action = guarded("link", async ({ ctx, request, params, locale }) => {
  const token = params["token"] ?? "";
  const { thread, personId } = await authorsThread(ctx, token, request.url, locale);
  const values = await readForm(request);
  const fault = await actOnThread(ctx, { personId, claimId: thread.claimId, values });
  if (fault) return json({ fault }, { status: 422, headers: mistake });
  notifyWorker(ctx.db);
  throw redirect(`/m/${token}#talk-${thread.claimId}`, 303);
});

async function authorsThread(ctx: Ctx, token: string, url: string, locale: Locale) {
  const claimId = new URL(url).searchParams.get("claim") ?? "";
  const author = await authorByToken(ctx, token);
  if (!author || !isUuid(claimId)) throw new Problem("not-found");
  const [thread] = await readThreads(ctx, { personId: author.personId, claimId, whole: true }, locale);
  if (!thread || thread.postId !== author.postId) throw new Problem("not-found");
  return { thread, personId: author.personId };
}

export default function PostMessages() {
  const { thread, token } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>()?.fault;
  const to = authorsThreadUrl(token, thread.claimId);
  return <ThreadPage thread={thread} back={`/m/${token}`} action={to} fault={fault} />;
}
