import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { HomePage } from "#app/groups/home-page.tsx";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false, wide: true };
export const meta = titleFromLoader;

export const loader = guarded("anyone", async ({ ctx, locale }) => {
  const groups = await listGroups(ctx, locale);
  return json({
    title: textFor(locale)("home.title"),
    groups: groups.map(({ slug, name, openNeeds }) => ({ slug, name, openNeeds })),
  });
});

export default function Home() {
  const { groups } = useLoaderData<typeof loader>();
  return <HomePage groups={groups} />;
}
