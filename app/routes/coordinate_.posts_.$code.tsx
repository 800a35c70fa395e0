import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { actOnDesk } from "#app/dashboard/acts/act-on-desk.server.ts";
import { DeskPage } from "#app/dashboard/acts/desk-page.tsx";
import { readDesk } from "#app/dashboard/acts/desk.server.ts";
import { DESK_ACTS } from "#app/dashboard/acts/desk.ts";
import { lastAct } from "#app/dashboard/undo.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { sayHere } from "#app/live/say-here.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, request, params, locale }) => {
  const query = new URL(request.url).searchParams;
  const desk = await readDesk(ctx, params["code"] ?? "", textFor(locale), locale);
  sayHere(ctx, desk.code);
  const data = {
    title: desk.title,
    desk,
    said: DESK_ACTS.find((act) => act === query.get("done")) ?? null,
    last: await lastAct(ctx),
    undone: query.has("undone"),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export const action = guarded("coordinator", async ({ ctx, request, params }) => {
  const code = params["code"] ?? "";
  const values = await readForm(request);
  const fault = await actOnDesk(ctx, code, values);
  if (fault) return json({ fault }, { status: fault.conflict ? 409 : 422 });
  notifyWorker(ctx.db);
  // What was sent on to a group that is not theirs can no longer be worked on.
  const stays = values["act"] !== "send";
  throw redirect(stays ? `/coordinate/posts/${code}?done=${values["act"]}` : "/coordinate?done=sent", 303);
});

export default function PostDesk() {
  const { title: _title, ...data } = useLoaderData<typeof loader>();
  return <DeskPage {...data} fault={useActionData<typeof action>()?.fault} />;
}
