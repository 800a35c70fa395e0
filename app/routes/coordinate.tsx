import { json, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { JoinRequests } from "#app/dashboard/joining.tsx";
import { actNow, SAID } from "#app/dashboard/now/act-now.server.ts";
import { NowPage } from "#app/dashboard/now/now-page.tsx";
import { NOW_ACTS, WORRIES, type NowAct } from "#app/dashboard/now/now.ts";
import { COUNTED, openNeeds, worriesOf } from "#app/dashboard/now/worries.server.ts";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { lastAct } from "#app/dashboard/undo.server.ts";
import { waitingToJoin } from "#app/dashboard/waiting-to-join.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

const WORDS = [...SAID, "sent", "accepted", "declined"] as const;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const query = new URL(request.url).searchParams;
  const { groups, chosen } = await groupInView(ctx, query.get("group"), locale);
  const shown = chosen ? [chosen] : groups;
  const only = WORRIES.find((worry) => worry === query.get("only")) ?? null;
  const [worries, joining, last, open] = await Promise.all([
    worriesOf(ctx, shown, only),
    waitingToJoin(ctx, only ? [] : shown),
    lastAct(ctx),
    openNeeds(ctx, shown),
  ]);
  const data = {
    title: textFor(locale)("now.title"),
    worries,
    counted: COUNTED,
    open,
    joining,
    only,
    last,
    undone: query.has("undone"),
    said: WORDS.find((word) => word === query.get("done")) ?? null,
    group: chosen?.slug ?? "",
    choices: groups.map(({ slug, name }) => ({ slug, name })),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

const isAct = (act: string | undefined): act is NowAct =>
  act !== "see" && Object.values(NOW_ACTS).includes(act as NowAct);

export const action = guarded("coordinator", async ({ ctx, request }) => {
  const { act, code = "", claim = "", group, only, revision = "" } = await readForm(request);
  if (!isAct(act)) throw new Problem("invalid-input");
  const done = await actNow(ctx, act, {
    code,
    claim,
    revision: /^\d{1,9}$/.test(revision) ? Number(revision) : undefined,
  });
  notifyWorker(ctx.db);
  const query = new URLSearchParams({
    ...(group ? { group } : {}),
    ...(only ? { only } : {}),
    ...(done ? { done } : {}),
  });
  return redirect(query.size > 0 ? `/coordinate?${query}` : "/coordinate", 303);
});

export default function Now() {
  const { joining, ...data } = useLoaderData<typeof loader>();
  return (
    <NowPage
      {...data}
      nav={<CoordinatorNav at="now" />}
      joining={joining.total > 0 && <JoinRequests {...joining} group={data.group} />}
    />
  );
}
