import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { FlyerPage } from "#app/groups/flyer-page.tsx";
import { getGroup } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { publicNumber } from "#app/sms/provider.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("anyone", async ({ ctx, params, context, locale }) => {
  const group = await getGroup(ctx, params["slug"] ?? "", locale);
  if (!group) throw new Problem("not-found");
  const { name, blurb, slug } = group;
  return json({
    title: textFor(locale)("flyer.title", { group: name }),
    group: { name, blurb, slug },
    url: `${ctx.publicUrl}/groups/${slug}`,
    number: publicNumber(context.services.env),
  });
});

export default function Flyer() {
  return <FlyerPage {...useLoaderData<typeof loader>()} />;
}
