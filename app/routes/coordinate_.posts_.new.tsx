import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { newToken } from "#app/core/ids.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { CallerPage } from "#app/messages/caller-page.tsx";
import { CallerInput } from "#app/messages/need-input.ts";
import { needOfCaller } from "#app/messages/need-of-caller.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { choicesOf, NOTHING_ASKED, readNeedForm } from "#app/web/need-form.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("coordinator", async ({ ctx, locale }) => {
  const t = textFor(locale);
  const data = {
    title: t("acts.caller"),
    choices: choicesOf(await listGroups(ctx, locale, "uncounted"), t),
    values: { quantity: "1", visibility: "volunteers", textLocale: locale } as Record<string, string>,
    errors: {} as Record<string, MessageId>,
    formKey: newToken(),
    ...NOTHING_ASKED,
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const sent = await readNeedForm(ctx, { schema: CallerInput, values: await readForm(request), locale });
  if (sent.again) return sent.again;
  const post = await needOfCaller(ctx, sent.data, sent.answers);
  notifyWorker(ctx.db);
  throw redirect(`/p/${post.code}`, 303);
});

export default function NeedOfCaller() {
  const page = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  return <CallerPage {...page} {...fault} formKey={fault?.values["key"] ?? page.formKey} />;
}
