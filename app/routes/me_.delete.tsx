import { json, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { DeletePage } from "#app/mine/delete-page.tsx";
import { erasePerson } from "#app/mine/erase-person.server.ts";
import { cookieHeader } from "#app/web/cookies.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { requireFresh } from "#app/web/require-fresh.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("signed-in", ({ ctx, locale }) => {
  requireFresh(ctx, "/me/delete");
  return json({ title: textFor(locale)("mine.delete.me") });
});

export const action = guarded("signed-in", async ({ ctx, request, context }) => {
  requireFresh(ctx, "/me/delete");
  const { sure } = await readForm(request);
  if (sure !== "yes") return json({ missed: true }, { status: 422, headers: mistake });
  await erasePerson(ctx);
  notifyWorker(ctx.db);
  const headers = new Headers({ "Clear-Site-Data": '"cache", "storage"' });
  headers.append("Set-Cookie", cookieHeader(context.services.env, "sid", null));
  headers.append("Set-Cookie", cookieHeader(context.services.env, "draft", null));
  return redirect("/erased", { status: 303, headers });
});

export default function Delete() {
  return (
    <DeletePage of="me" back="/me/data" file="/me/data/file" missed={useActionData<typeof action>()?.missed ?? false} />
  );
}
