import { json, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { groupInView } from "#app/dashboard/scope.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { actOnQueue } from "#app/matching/act-on-queue.server.ts";
import { listKeptApart } from "#app/matching/keep-apart.server.ts";
import { QueueInput } from "#app/matching/queue-input.ts";
import { QueuePage, type QueueProps, type QueueSaid } from "#app/matching/queue-page.tsx";
import { matchQueue } from "#app/matching/queue.server.ts";
import { relaxedWords } from "#app/matching/reason-words.ts";
import { shownMatch } from "#app/matching/shown-matches.server.ts";
import { titled } from "#app/matching/titled.server.ts";
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
  const done = query.get("done");
  const only = done ? null : query.get("need");
  const groupIds = (chosen ? [chosen] : groups).map(({ id }) => id);
  const [queue, apart] = await Promise.all([matchQueue(ctx, { groupIds, after, only, locale }), listKeptApart(ctx)]);
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
    ...(await saidIn(ctx, query, locale)),
    apart,
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

const SAID: QueueSaid["what"][] = ["accepted", "gone", "quantity", "dismissed", "undone", "apart", "together"];

/** What the last press did, as the address tells it. */
async function saidIn(
  ctx: PersonCtx,
  query: URLSearchParams,
  locale: Locale,
): Promise<Pick<QueueProps, "said" | "pair" | "undo">> {
  const what = SAID.find((one) => one === query.get("done"));
  if (!what) return { said: null, pair: null, undo: null };
  const [need, other] = [query.get("need"), query.get("other")];
  const n = Math.max(0, Number(query.get("n")) || 0);
  const named = need && other && what === "accepted" ? await titled(ctx, [need, other], locale) : null;
  return {
    said:
      what === "accepted" ? { what, left: null, made: n } : what === "gone" ? { what, left: n } : { what, left: null },
    pair: named && need && other ? { need: named(need), offer: named(other) } : null,
    undo: what === "dismissed" && need && other ? { need, other } : null,
  };
}

export const action = guarded("coordinator", async ({ ctx, request }) => {
  const values = await readForm(request);
  const parsed = QueueInput.safeParse(values);
  if (!parsed.success && values["act"] !== "accept") throw new Problem("invalid-input");
  const said: QueueSaid = parsed.success ? await actOnQueue(ctx, parsed.data) : { what: "quantity", left: null };
  notifyWorker(ctx.db);
  const { group, need, other } = values;
  const n = said.what === "accepted" ? said.made : said.left;
  const query = new URLSearchParams({
    ...(group && { group }),
    done: said.what,
    ...(n !== null && { n: String(n) }),
    ...((said.what === "dismissed" || said.what === "accepted") && need && other && { need, other }),
  });
  return redirect(`/coordinate/matches?${query}`, 303);
});

export default function Matches() {
  return <QueuePage {...useLoaderData<typeof loader>()} nav={<CoordinatorNav at="matches" />} />;
}
