import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { groupPeople, MOST_PEOPLE } from "#app/dashboard/people/group-people.server.ts";
import { keptPeople, parsePeople } from "#app/dashboard/people/people-filter.ts";
import { PeoplePage } from "#app/dashboard/people/people-page.tsx";
import { momentsOf } from "#app/dashboard/period.ts";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

const SHOWN = 100;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const filter = parsePeople(new URL(request.url).searchParams);
  const { groups, chosen } = await groupInView(ctx, filter.group || null, locale);
  const everybody = await groupPeople(ctx, chosen ? [chosen] : groups, momentsOf(filter.chosen, ctx.now));
  const asking = everybody.filter(({ state }) => state === "asked");
  const people = keptPeople(everybody, filter, locale);
  const data = {
    title: textFor(locale)("groups.people.title"),
    people: people.slice(0, SHOWN),
    total: people.length,
    heads: new Set(people.map(({ personId }) => personId)).size,
    asking: asking.slice(0, SHOWN),
    askingTotal: asking.length,
    cut: everybody.length === MOST_PEOPLE,
    filter,
    groups: groups.map(({ slug, name }) => ({ slug, name })),
    now: ctx.now.getTime(),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export default function People() {
  return <PeoplePage {...useLoaderData<typeof loader>()} nav={<CoordinatorNav at="people" />} />;
}
