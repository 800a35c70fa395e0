import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { GroupsPage } from "#app/groups/group-pages.tsx";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false, wide: true };
export const meta = titleFromLoader;

export const loader = guarded("anyone", async ({ ctx, locale }) =>
  json({ title: textFor(locale)("groups.title"), groups: await listGroups(ctx, locale) }),
);

export default function Groups() {
  return <GroupsPage groups={useLoaderData<typeof loader>().groups} />;
}
