import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { PeoplePage } from "#app/groups/members-page.tsx";
import { countMembers } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, locale }) =>
  json({ title: textFor(locale)("groups.people.title"), groups: await countMembers(ctx, locale) }),
);

export default function People() {
  return (
    <PeoplePage {...useLoaderData<typeof loader>()}>
      <CoordinatorNav at="people" />
    </PeoplePage>
  );
}
