import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { listAreas, saveAreaPeople } from "#app/dashboard/report/area-people.server.ts";
import { LONGEST_NAME, readPeople } from "#app/dashboard/report/area-people.ts";
import { AreasPage } from "#app/dashboard/report/areas-page.tsx";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const query = new URL(request.url).searchParams;
  const { groups, chosen } = await groupInView(ctx, query.get("group"), locale);
  const data = {
    title: textFor(locale)("reach.areas"),
    areas: [...(await listAreas(ctx, chosen ? [chosen] : groups))],
    group: chosen?.slug ?? "",
    saved: query.has("saved"),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

/** Only of areas that are theirs to see; what is left empty is no longer said. */
export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const group = new URL(request.url).searchParams.get("group");
  const { groups, chosen } = await groupInView(ctx, group, locale);
  const values = await readForm(request);
  const known = new Set((await listAreas(ctx, chosen ? [chosen] : groups)).map(({ area }) => area));
  const given = Object.keys(values)
    .filter((field) => field.startsWith("area_") && known.has(values[field]!))
    .map((field) => field.slice("area_".length));
  const said = given.map((at) => ({
    at,
    area: values[`area_${at}`]!,
    name: (values[`name_${at}`] ?? "").trim().slice(0, LONGEST_NAME),
    people: readPeople(values[`people_${at}`] ?? ""),
  }));
  const wrong = said.filter(({ people, name }) => people === undefined || (people !== null && name === ""));
  if (wrong.length > 0)
    return json({ wrong: { values, fields: wrong.map(({ at }) => `people_${at}`) } }, { status: 422 });
  await saveAreaPeople(
    ctx,
    said.map(({ area, name, people }) => ({ area, name, people: people ?? null })),
  );
  throw redirect(`/coordinate/dashboard/areas?${new URLSearchParams({ ...(group && { group }), saved: "1" })}`, 303);
});

export default function Areas() {
  const fault = useActionData<typeof action>();
  return (
    <AreasPage
      {...useLoaderData<typeof loader>()}
      wrong={fault?.wrong ?? null}
      nav={<CoordinatorNav at="dashboard" />}
    />
  );
}
