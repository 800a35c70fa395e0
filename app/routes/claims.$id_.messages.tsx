import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { isUuid } from "#app/people/uuid.ts";
import { actOnThread } from "#app/relay/act-on-thread.server.ts";
import { readThreads } from "#app/relay/read-threads.server.ts";
import { ThreadPage } from "#app/relay/thread-page.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";

/** What the two sides of a promise say to each other: for the claimer, and for the author who is signed in. */
export const handle = { hydrate: false };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("signed-in", async ({ ctx, params, locale }) => {
  const thread = await myThread(ctx, params["id"] ?? "", locale);
  return json({ title: textFor(locale)("relay.thread.title"), thread, back: backTo(thread) });
});

export const action = guarded("signed-in", async ({ ctx, request, params, locale }) => {
  const thread = await myThread(ctx, params["id"] ?? "", locale);
  const values = await readForm(request);
  const fault = await actOnThread(ctx, { personId: ctx.person.id, claimId: thread.claimId, values });
  if (fault) return json({ fault }, { status: 422, headers: mistake });
  notifyWorker(ctx.db);
  throw redirect(backTo(thread), 303);
});

async function myThread(ctx: PersonCtx, claimId: string, locale: Locale) {
  if (!isUuid(claimId)) throw new Problem("not-found");
  const [thread] = await readThreads(ctx, { personId: ctx.person.id, claimId, whole: true }, locale);
  if (!thread) throw new Problem("not-found");
  return thread;
}

const backTo = ({ side, code, claimId }: { side: string; code: string; claimId: string }) =>
  `${side === "claimer" ? `/claims/${claimId}` : `/p/${code}`}#talk-${claimId}`;

export default function ClaimMessages() {
  const { thread, back } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>()?.fault;
  return <ThreadPage thread={thread} back={back} action={`/claims/${thread.claimId}/messages`} fault={fault} />;
}
