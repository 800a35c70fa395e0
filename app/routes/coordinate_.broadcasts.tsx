import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BroadcastsPage } from "#app/broadcasts/list-page.tsx";
import { listBroadcasts } from "#app/broadcasts/list-broadcasts.server.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { dateFormat } from "#app/i18n/date-format.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, locale }) => {
  const day = dateFormat(locale, { timeZone: homeZone(), day: "numeric", month: "short" });
  const broadcasts = await listBroadcasts(ctx, locale);
  const data = {
    title: textFor(locale)("broadcasts.title"),
    broadcasts: broadcasts.map(({ at, ...one }) => ({ ...one, on: day.format(at) })),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export default function Broadcasts() {
  const { broadcasts } = useLoaderData<typeof loader>();
  return (
    <BroadcastsPage broadcasts={broadcasts}>
      <CoordinatorNav at="broadcasts" />
    </BroadcastsPage>
  );
}
