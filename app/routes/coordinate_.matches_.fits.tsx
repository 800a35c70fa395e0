import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { FitsPage, type FitsPageProps } from "#app/groups/fits-page.tsx";
import type { FitsAnswer } from "#app/groups/fits-forms.ts";
import { readFits } from "#app/groups/fits.server.ts";
import type { GroupView } from "#app/groups/group.ts";
import { can } from "#app/groups/membership.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { actOnFits } from "#app/web/fits.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

const named = ({ slug, name }: GroupView) => ({ slug, name });

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const search = new URL(request.url).searchParams;
  const { all, mine, group } = await groupOf(ctx, search.get("group"), locale);
  return json<FitsPageProps & { title: string }>({
    title: textFor(locale)("matching.fits.title"),
    group: named(group),
    groups: mine.map(named),
    ...(await readFits(ctx, group.id, locale)),
    categories: group.categories.map(({ id, slug, name, fields }) => ({ id, slug, name, fields })),
    offers: all.flatMap((one) => one.categories.map(({ id, name }) => ({ id, name, group: one.name }))),
    saved: search.get("saved"),
  });
});

export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { group } = await groupOf(ctx, new URL(request.url).searchParams.get("group"), locale);
  const done = await actOnFits(ctx, { group, values: await readForm(request), locale });
  if ("form" in done) return json<FitsAnswer>(done, { status: 422, headers: mistake });
  const query = new URLSearchParams({ group: group.slug, saved: done.category ?? "" });
  throw redirect(`/coordinate/matches/fits?${query}#${done.part}`, 303);
});

/** The group that was asked for, or the first of those the asker runs. */
async function groupOf(ctx: PersonCtx, slug: string | null, locale: Locale) {
  const all = await listGroups(ctx, locale, "uncounted");
  const mine = all.filter(({ id }) => can(ctx.person, "coordinate", { groupId: id }));
  const group = slug ? mine.find((one) => one.slug === slug) : mine[0];
  if (!group) throw new Problem("not-found");
  return { all, mine, group };
}

export default function Fits() {
  const answer = useActionData<typeof action>();
  return <FitsPage {...useLoaderData<typeof loader>()} answer={answer} nav={<CoordinatorNav at="matches" />} />;
}
