import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { MapPage, type MapPageProps } from "#app/map/map-page.tsx";
import { mapScreen } from "#app/map/map-screen.server.ts";
import { parseMapView } from "#app/map/map-view.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/map/map.css";

export const handle = { hydrate: false, wide: true };
export const meta = titleFromLoader;

export const loader = guarded("anyone", async ({ ctx, locale, request, context }) => {
  const view = parseMapView(new URL(request.url).searchParams);
  const [screen, groups] = await Promise.all([mapScreen(ctx, view), listGroups(ctx, locale, "uncounted")]);
  const { MAP_TILES_URL, MAP_TILES_CREDIT } = context.services.env;
  return json<MapPageProps & { title: string }>({
    title: textFor(locale)("map.title"),
    view,
    screen,
    groups: groups.map(({ slug, name }) => ({ slug, name })),
    categories:
      groups.find((one) => one.slug === view.group)?.categories.map(({ slug, name }) => ({ slug, name })) ?? [],
    tiles: MAP_TILES_URL ? { url: MAP_TILES_URL, credit: MAP_TILES_CREDIT ?? null } : null,
  });
});

export default function Map() {
  return <MapPage {...useLoaderData<typeof loader>()} />;
}
