import { json, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { actOnQueue } from "#app/matching/act-on-queue.server.ts";
import { listKeptApart } from "#app/matching/keep-apart.server.ts";
import { QueueInput } from "#app/matching/queue-input.ts";
import { QueuePage, type QueueProps, type QueueSaid } from "#app/matching/queue-page.tsx";
import { matchQueue } from "#app/matching/queue.server.ts";
import { relaxedWords } from "#app/matching/reason-words.ts";
import { shownMatch } from "#app/matching/shown-matches.server.ts";
import { cardOf } from "#app/posts/post-words.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const query = new URL(request.url).searchParams;
  const { groups, chosen } = await groupInView(ctx, query.get("group"), locale);
  const after = query.get("after");
  const groupIds = (chosen ? [chosen] : groups).map(({ id }) => id);
  const [queue, apart] = await Promise.all([matchQueue(ctx, { groupIds, after, locale }), listKeptApart(ctx)]);
  const t = textFor(locale);
  const group = chosen?.slug ?? "";
  const href = (place: string | null) =>
    `/coordinate/matches?${new URLSearchParams({ ...(group && { group }), ...(place && { after: place }) })}`;
  const data: Omit<QueueProps, "nav"> & { title: string } = {
    title: t("matching.queue.title"),
    lines: queue.lines.map(({ need, relaxed, matches }) => ({
      need: cardOf(t, locale, need, ctx.now),
      beyond: relaxedWords(t, relaxed),
      offers: matches.map((match) => ({ ...shownMatch(ctx, match, locale), strength: match.strength })),
    })),
    next: queue.next && href(queue.next),
    first: after && href(null),
    group,
    choices: groups.map(({ slug, name }) => ({ slug, name })),
    ...saidIn(query),
    apart,
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

const SAID: QueueSaid["what"][] = ["accepted", "gone", "quantity", "dismissed", "undone", "apart", "together"];

/** What the last press did, as the address tells it. */
function saidIn(query: URLSearchParams): Pick<QueueProps, "said" | "undo"> {
  const what = SAID.find((one) => one === query.get("done"));
  if (!what) return { said: null, undo: null };
  const [need, other] = [query.get("need"), query.get("other")];
  const said: QueueSaid =
    what === "gone" ? { what, left: Math.max(0, Number(query.get("left")) || 0) } : { what, left: null };
  return { said, undo: what === "dismissed" && need && other ? { need, other } : null };
}

export const action = guarded("coordinator", async ({ ctx, request }) => {
  const values = await readForm(request);
  const parsed = QueueInput.safeParse(values);
  if (!parsed.success && values["act"] !== "accept") throw new Problem("invalid-input");
  const { what, left }: QueueSaid = parsed.success
    ? await actOnQueue(ctx, parsed.data)
    : { what: "quantity", left: null };
  notifyWorker(ctx.db);
  const { group, need, other } = values;
  const query = new URLSearchParams({
    ...(group && { group }),
    done: what,
    ...(left !== null && { left: String(left) }),
    ...(what === "dismissed" && { need, other }),
  });
  return redirect(`/coordinate/matches?${query}`, 303);
});

export default function Matches() {
  return <QueuePage {...useLoaderData<typeof loader>()} nav={<CoordinatorNav at="matches" />} />;
}
