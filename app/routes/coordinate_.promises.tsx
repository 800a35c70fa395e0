import { json, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { PromisesPage } from "#app/dashboard/promises-page.tsx";
import { actOnPromise, listPromises } from "#app/dashboard/promises.server.ts";
import { PROMISE_ACTS, type PromiseAct } from "#app/dashboard/promises.ts";
import { lastAct } from "#app/dashboard/undo.server.ts";
import { shownPromises } from "#app/dashboard/shown-promises.ts";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { withUndo } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

const isAct = (act: string | null | undefined): act is PromiseAct => PROMISE_ACTS.includes(act as PromiseAct);

const saidOf = (done: string | null): PromiseAct | "gone" | "reassigned" | null =>
  isAct(done) || done === "gone" || done === "reassigned" ? done : null;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const query = new URL(request.url).searchParams;
  const { groups, chosen } = await groupInView(ctx, query.get("group"), locale);
  const { promises, total } = await listPromises(ctx, chosen ? [chosen] : groups, locale);
  const t = textFor(locale);
  const done = query.get("done");
  const data = {
    title: t("promises.title"),
    ...shownPromises(t, locale, promises, ctx.now),
    total,
    group: chosen?.slug ?? "",
    choices: groups.map(({ slug, name }) => ({ slug, name })),
    said: saidOf(done),
    last: await lastAct(ctx),
    undone: query.has("undone"),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

/** A promise that somebody else has settled meanwhile is no fault: the list says so and shows how it stands. */
export const action = guarded("coordinator", async ({ ctx, request }) => {
  const { act, claim = "", group } = await readForm(request);
  if (!isAct(act)) throw new Problem("invalid-input");
  const done = await actOnPromise(withUndo(ctx), { id: claim, act }).then(
    () => act,
    (problem: unknown) => {
      if (problem instanceof Problem && problem.kind === "wrong-step") return "gone";
      throw problem;
    },
  );
  notifyWorker(ctx.db);
  const query = new URLSearchParams({ ...(group ? { group } : {}), done });
  return redirect(`/coordinate/promises?${query}`, 303);
});

export default function Promises() {
  return <PromisesPage {...useLoaderData<typeof loader>()} nav={<CoordinatorNav at="promises" />} />;
}
