import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { NumbersPage } from "#app/dashboard/public/numbers-page.tsx";
import { SPANS } from "#app/dashboard/public/keep-weeks.server.ts";
import { readPublicNumbers } from "#app/dashboard/public/public-numbers.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/dashboard/public/numbers.css";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("anyone", async ({ ctx, request, locale }) => {
  const asked = new URL(request.url).searchParams.get("weeks");
  const span = SPANS.find((weeks) => String(weeks) === asked) ?? 12;
  const numbers = await readPublicNumbers(ctx, span, locale);
  return json({ title: textFor(locale)("figures.public"), numbers, spans: SPANS, span });
});

export default function Numbers() {
  return <NumbersPage {...useLoaderData<typeof loader>()} />;
}
