import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { daySheet } from "#app/claims/day-sheet.server.ts";
import { DaySheet } from "#app/claims/day-sheet.tsx";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { dayWords } from "#app/posts/post-words.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";

/** What I promised, on one sheet. */
export const handle = { hydrate: false };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("signed-in", async ({ ctx, locale }) => {
  const day = dayWords(locale, ctx.now);
  const lines = await daySheet(ctx, locale, { contacts: false });
  return json({ title: textFor(locale)("day.title", { day }), day, lines });
});

/** With the addresses: asked for by a press, because each is recorded as a look. */
export const action = guarded("signed-in", async ({ ctx, locale }) =>
  json({ lines: await daySheet(ctx, locale, { contacts: true }) }, { headers: { "Cache-Control": "no-store" } }),
);

export default function Day() {
  const { day, lines } = useLoaderData<typeof loader>();
  const opened = useActionData<typeof action>();
  return <DaySheet day={day} lines={opened?.lines ?? lines} opened={opened !== undefined} />;
}
