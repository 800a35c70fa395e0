import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { HeldPage } from "#app/people/held-page.tsx";
import { whatWeHold } from "#app/people/what-we-hold.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("signed-in", async ({ ctx, locale }) =>
  json({ title: textFor(locale)("people.held.title"), held: await whatWeHold(ctx) }),
);

export default function Data() {
  return <HeldPage held={useLoaderData<typeof loader>().held} />;
}
