import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { Ctx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { DeletePage } from "#app/mine/delete-page.tsx";
import { erasePost } from "#app/mine/erase-post.server.ts";
import { getManagedPost } from "#app/posts/get-post.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;
export const headers = screenHeaders;

async function tokenOf(ctx: Ctx, token = "", locale: Locale): Promise<string> {
  if (!(await getManagedPost(ctx, token, locale))) throw new Problem("not-found");
  return token;
}

export const loader = guarded("link", async ({ ctx, params, locale }) => {
  const token = await tokenOf(ctx, params["token"], locale);
  return json({ title: textFor(locale)("mine.delete.post"), token });
});

export const action = guarded("link", async ({ ctx, params, locale, request }) => {
  const token = await tokenOf(ctx, params["token"], locale);
  const { sure } = await readForm(request);
  if (sure !== "yes") return json({ missed: true }, { status: 422, headers: mistake });
  await erasePost(ctx, { token });
  notifyWorker(ctx.db);
  return redirect("/erased", { status: 303, headers: { "Clear-Site-Data": '"cache", "storage"' } });
});

export default function Delete() {
  const { token } = useLoaderData<typeof loader>();
  const missed = useActionData<typeof action>()?.missed ?? false;
  return <DeletePage of="post" back={`/m/${token}`} file={`/m/${token}/file`} missed={missed} />;
}
