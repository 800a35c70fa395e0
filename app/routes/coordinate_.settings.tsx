import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { changeHabits } from "#app/texting/change-habits.server.ts";
import { changeGroup, readSettings, saveCategory, shelveCategory } from "#app/groups/change-settings.server.ts";
import { GroupSettingsPage, type SettingsFault } from "#app/groups/group-settings-page.tsx";
import { HabitsInput } from "#app/groups/habits-input.ts";
import { CategoryInput, GroupInput } from "#app/groups/settings-input.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

/** The group that was asked for, or the first of theirs. */
async function groupOf(ctx: PersonCtx, request: Request, locale: Locale) {
  const { groups, chosen } = await groupInView(ctx, new URL(request.url).searchParams.get("group"), locale);
  const group = chosen ?? groups[0];
  if (!group) throw new Problem("not-found");
  return { groups, group };
}

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { groups, group } = await groupOf(ctx, request, locale);
  const data = {
    title: textFor(locale)("settings.title"),
    settings: await readSettings(ctx, group.id, locale),
    groups: groups.map(({ slug, name }) => ({ slug, name })),
    saved: new URL(request.url).searchParams.has("saved"),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { group } = await groupOf(ctx, request, locale);
  const values = await readForm(request);
  const wrong = (form: string, errors: SettingsFault["errors"]) =>
    json<SettingsFault>({ form, values, errors }, { status: 422, headers: mistake });
  const conflict = (form: string, problem: unknown) => {
    if (!(problem instanceof Problem) || problem.kind !== "changed-meanwhile") throw problem;
    const errors = { name: "acts.conflict" } as const;
    return json<SettingsFault>({ form, values, errors, conflict: true }, { status: 409, headers: mistake });
  };
  const { act, id = "" } = values;
  if (act === "group") {
    const parsed = parseForm(GroupInput, values);
    if (!parsed.ok) return wrong("group", parsed.fault.errors);
    const lost = await changeGroup(ctx, group.id, parsed.data, locale).catch((problem) => conflict("group", problem));
    if (lost) return lost;
  } else if (act === "habits") {
    const parsed = parseForm(HabitsInput, values);
    if (!parsed.ok) return wrong("habits", parsed.fault.errors);
    try {
      await changeHabits(ctx, group.id, parsed.data, locale);
    } catch (error) {
      if (!(error instanceof Problem) || error.facts["keyword"] === undefined) throw error;
      return wrong("habits", { keywords: "habits.error.keyword" });
    }
  } else if (act === "category") {
    const parsed = parseForm(CategoryInput, values);
    if (!parsed.ok) return wrong(id, parsed.fault.errors);
    const lost = await saveCategory(ctx, group.id, parsed.data, locale).catch((problem) => conflict(id, problem));
    if (lost) return lost;
  } else if (act === "shelve" || act === "unshelve") {
    await shelveCategory(ctx, group.id, { id, archived: act === "shelve" });
  } else throw new Problem("invalid-input");
  throw redirect(`/coordinate/settings?group=${group.slug}&saved=1`, 303);
});

export default function Settings() {
  return (
    <GroupSettingsPage
      {...useLoaderData<typeof loader>()}
      fault={useActionData<typeof action>()}
      nav={<CoordinatorNav at="settings" />}
    />
  );
}
