import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { listPlaces, removePlace, savePlace } from "#app/posts/keep-places.server.ts";
import { PlaceInput } from "#app/posts/places-input.ts";
import { PlacesPage, type PlacesFault } from "#app/posts/places-page.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const data = {
    title: textFor(locale)("places.title"),
    places: await listPlaces(ctx),
    saved: new URL(request.url).searchParams.has("saved"),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export const action = guarded("coordinator", async ({ ctx, request }) => {
  const values = await readForm(request);
  if (values["act"] === "remove") await removePlace(ctx, values["id"] ?? "");
  else if (values["act"] === "save") {
    const parsed = parseForm(PlaceInput, values);
    if (!parsed.ok) return json<PlacesFault>(parsed.fault, { status: 422, headers: mistake });
    await savePlace(ctx, parsed.data);
  } else throw new Problem("invalid-input");
  throw redirect("/coordinate/places?saved=1", 303);
});

export default function Places() {
  return (
    <PlacesPage
      {...useLoaderData<typeof loader>()}
      fault={useActionData<typeof action>()}
      nav={<CoordinatorNav at="places" />}
    />
  );
}
