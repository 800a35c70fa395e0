import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { newToken } from "#app/core/ids.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import { ASKED, readAnswers, type FieldView } from "#app/groups/field-answers.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { CallerPage } from "#app/messages/caller-page.tsx";
import { CallerInput } from "#app/messages/need-input.ts";
import { askedOfCaller, needOfCaller } from "#app/messages/need-of-caller.server.ts";
import { choicesOf } from "#app/web/need-of-thread.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
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
    fields: [] as FieldView[],
    answers: {} as FieldAnswers,
    asks: false,
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

/** Some kinds of things ask more: then the form comes back once with those questions, which nobody has to answer. */
export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const values = await readForm(request);
  const parsed = parseForm(CallerInput, values);
  const fields = await askedOfCaller(ctx, values["what"] ?? "", locale);
  const { given, answers, errors } = readAnswers(fields, values);
  const again = (wrong: Record<string, MessageId>, asks: boolean) =>
    json({ values, errors: wrong, fields, answers: given, asks }, { status: asks ? 200 : 422, headers: mistake });
  if (!parsed.ok) return again({ ...parsed.fault.errors, ...errors }, false);
  if (Object.keys(errors).length > 0) return again(errors, false);
  if (fields.length > 0 && values[ASKED] === undefined) return again({}, true);
  const post = await needOfCaller(ctx, parsed.data, answers);
  notifyWorker(ctx.db);
  throw redirect(`/p/${post.code}`, 303);
});

export default function NeedOfCaller() {
  const page = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  return <CallerPage {...page} {...fault} formKey={fault?.values["key"] ?? page.formKey} />;
}
