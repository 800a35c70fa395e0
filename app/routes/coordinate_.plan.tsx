import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { PersonCtx } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { acceptPlan } from "#app/matching/accept-plan.server.ts";
import { dayAt, dayName, parseDay } from "#app/matching/plan-day.ts";
import { pairsOf, readPlanForm, wishesOf } from "#app/matching/plan-form.ts";
import { PlanPage, type PlanFault, type PlanProps } from "#app/matching/plan-page.tsx";
import { planHref, readPlanQuery } from "#app/matching/plan-query.ts";
import { proposePlan } from "#app/matching/propose-plan.server.ts";
import { failedPairs } from "#app/matching/failed-pairs.server.ts";
import { dayChoices, wishChoices } from "#app/matching/plan-links.ts";
import { shownPlan } from "#app/matching/shown-plan.ts";
import { titled } from "#app/matching/titled.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";
import "#app/matching/plan.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { searchParams } = new URL(request.url);
  const { groups, group, day } = await placeOf(ctx, searchParams, locale);
  const place = { group: group.slug, day };
  const { kept, without, accepted, full } = readPlanQuery(searchParams);
  const t = textFor(locale);
  const wished = [...kept, ...without].flatMap(({ needCode, offerCode }) => [needCode, offerCode]);
  const [plan, failed, named] = await Promise.all([
    proposePlan(ctx, { groupId: group.id, day, kept, without }, locale),
    failedPairs(ctx, accepted?.failed ?? [], locale),
    titled(ctx, wished, locale),
  ]);
  return json<PlanProps & { title: string }>({
    title: t("matching.plan.title"),
    plan: shownPlan(plan, kept, { t, locale, now: ctx.now }),
    formKey: newToken(),
    group: group.slug,
    groups: groups.map(({ slug, name }) => ({ slug, name, href: planHref({ group: slug, day }) })),
    day,
    dayWords: dayName(locale, day),
    days: dayChoices(t, locale, dayAt(ctx.now, homeZone()), group.slug),
    ...wishChoices(place, { kept, without }, named),
    fresh: kept.length + without.length > 0 ? planHref(place) : null,
    full,
    said: accepted && { done: accepted.done, failed },
  });
});

export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { group, day } = await placeOf(ctx, new URL(request.url).searchParams, locale);
  const values = await readForm(request);
  const form = readPlanForm(values);
  if (form.wrong.length > 0) {
    return json<PlanFault>({ values, wrong: form.wrong }, { status: 422, headers: mistake });
  }
  if (!/^[\w-]{8,60}$/.test(form.key)) throw new Problem("invalid-input");
  const place = { group: group.slug, day };
  if (form.act === "again") return redirect(planHref(place, wishesOf(form)), 303);
  const accepted = await acceptPlan(ctx, { pairs: pairsOf(form), key: form.key });
  notifyWorker(ctx.db);
  return redirect(planHref(place, { without: wishesOf(form).without }, accepted), 303);
});

/** The group and the day asked for, or the first group that the asker runs, and today. */
async function placeOf(ctx: PersonCtx, query: URLSearchParams, locale: Locale) {
  const { groups, chosen } = await groupInView(ctx, query.get("group"), locale);
  const group = chosen ?? groups[0];
  if (!group) throw new Problem("not-found");
  return { groups, group, day: parseDay(query.get("day")) ?? dayAt(ctx.now, homeZone()) };
}

export default function PlanOfADay() {
  const fault = useActionData<typeof action>() as PlanFault | undefined;
  return <PlanPage {...useLoaderData<typeof loader>()} fault={fault ?? null} nav={<CoordinatorNav at="plan" />} />;
}
