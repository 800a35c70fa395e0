import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { notesAboutMe } from "#app/groups/member-note.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { HeldPage } from "#app/people/held-page.tsx";
import { whatWeHold } from "#app/people/what-we-hold.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("signed-in", async ({ ctx, locale }) => {
  const [held, notes] = await Promise.all([whatWeHold(ctx), notesAboutMe(ctx)]);
  return json({ title: textFor(locale)("people.held.title"), held, notes });
});

export default function Data() {
  return <HeldPage {...useLoaderData<typeof loader>()} />;
}
