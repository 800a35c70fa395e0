import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { NameForm } from "#app/people/people-input.ts";
import { changeSettings } from "#app/people/settings.server.ts";
import { NamePage, type Fault } from "#app/people/sign-in-pages.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { wayOn } from "#app/web/safe-path.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("signed-in", ({ request, locale }) =>
  json({ title: textFor(locale)("people.name.title"), nextHref: wayOn(request) }),
);

export const action = guarded("signed-in", async ({ ctx, request }) => {
  const parsed = parseForm(NameForm, await readForm(request));
  if (!parsed.ok) return json<Fault>(parsed.fault, { status: 422 });
  if (parsed.data.name) await changeSettings(ctx, { name: parsed.data.name });
  return redirect(wayOn(request), 303);
});

export default function Name() {
  const { nextHref } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>() as Fault | undefined;
  return <NamePage fault={fault} nextHref={nextHref} />;
}
