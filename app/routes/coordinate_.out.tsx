import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { OutPage } from "#app/dashboard/out/out-page.tsx";
import { plainList } from "#app/dashboard/out/plain-list.server.ts";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const query = new URL(request.url).searchParams;
  const { groups, chosen } = await groupInView(ctx, query.get("group"), locale);
  const t = textFor(locale);
  const data = {
    title: t("out.title"),
    groups: groups.map(({ slug, name }) => ({ slug, name })),
    group: chosen?.slug ?? "",
    again: Object.fromEntries(["which", "format", "contacts", "why"].map((name) => [name, query.get(name) ?? ""])),
    missed: query.has("wrong"),
    list: await plainList(ctx, chosen ? [chosen] : groups, t, locale),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export default function Out() {
  return <OutPage {...useLoaderData<typeof loader>()} nav={<CoordinatorNav at="out" />} />;
}
