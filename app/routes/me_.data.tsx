import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { notesAboutMe } from "#app/groups/member-note.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { ReadsList } from "#app/mine/reads-list.tsx";
import { readsOf } from "#app/mine/reads-of.server.ts";
import { HeldPage } from "#app/people/held-page.tsx";
import { whatWeHold } from "#app/people/what-we-hold.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("signed-in", async ({ ctx, locale }) => {
  const [held, notes, reads] = await Promise.all([whatWeHold(ctx), notesAboutMe(ctx), readsOf(ctx, ctx.person.id)]);
  return json({ title: textFor(locale)("people.held.title"), held, notes, reads });
});

export default function Data() {
  const { reads, ...data } = useLoaderData<typeof loader>();
  return <HeldPage {...data} reads={<ReadsList reads={reads} />} />;
}
