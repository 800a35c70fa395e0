import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { AlertsForm } from "#app/groups/group-page.tsx";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { useText } from "#app/i18n/use-text.ts";
import { SPOKEN } from "#app/people/languages.ts";
import { AboutInput, AreaInput, TextsInput } from "#app/people/people-input.ts";
import { startOfDayIn } from "#app/people/pause.ts";
import { knownPlaces } from "#app/posts/known-places.server.ts";
import { listSessions, revokeSessions } from "#app/people/sessions.server.ts";
import { SettingsPage, type Section } from "#app/people/settings-page.tsx";
import { changeSettings, getSettings } from "#app/people/settings.server.ts";
import type { Fault } from "#app/people/sign-in-pages.tsx";
import { cookieHeader, readCookie } from "#app/web/cookies.server.ts";
import { publicNumber } from "#app/sms/provider.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { parseForm, readForm, type FormFault } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

const SAVED = ["about", "area", "texts", "devices", "alerts", "number"] as const;

export const loader = guarded("signed-in", async ({ ctx, request, context, locale }) => {
  const saved = new URL(request.url).searchParams.get("saved");
  const [settings, sessions, groups, places] = await Promise.all([
    getSettings(ctx),
    listSessions(ctx, readCookie(context.services.env, request, "sid")),
    listGroups(ctx, locale, "uncounted"),
    knownPlaces(ctx),
  ]);
  return json({
    title: textFor(locale)("people.settings.title"),
    settings,
    places,
    textNumber: publicNumber(context.services.env),
    sessions,
    groups: groups.filter(({ mine }) => mine?.state === "active"),
    saved: SAVED.find((one) => one === saved) ?? null,
  });
});

export const action = guarded("signed-in", async ({ ctx, request, context }) => {
  const { env } = context.services;
  const values = await readForm(request);
  switch (values["section"]) {
    case "about":
      return saveAbout(ctx, values, (locale) => cookieHeader(env, "lang", locale));
    case "area":
      return saveArea(ctx, values);
    case "texts":
      return saveTexts(ctx, values);
    case "devices":
      await revokeSessions(ctx, { key: values["key"] ?? "", token: readCookie(env, request, "sid") });
      return savedPage("devices");
    default:
      throw new Problem("invalid-input");
  }
});

async function saveAbout(ctx: PersonCtx, values: Record<string, string>, langCookie: (locale: string) => string) {
  const parsed = parseForm(AboutInput, values);
  if (!parsed.ok) return wrong("about", parsed.fault);
  const { name, locale, languages } = parsed.data;
  const { languages: before } = await getSettings(ctx);
  // What the page has no box for was said elsewhere, and stays.
  const others = before.filter((language) => !SPOKEN.some((one) => one === language));
  await changeSettings(ctx, { name: name || null, locale, languages: [...languages, ...others] });
  return savedPage("about", { "Set-Cookie": langCookie(parsed.data.locale) });
}

async function saveArea(ctx: PersonCtx, values: Record<string, string>) {
  const parsed = parseForm(AreaInput, values);
  if (!parsed.ok) return wrong("area", parsed.fault);
  await changeSettings(ctx, { area: parsed.data });
  return savedPage("area");
}

async function saveTexts(ctx: PersonCtx, values: Record<string, string>) {
  const parsed = parseForm(TextsInput, values);
  if (!parsed.ok) return wrong("texts", parsed.fault);
  const { quiet, quietFrom, quietTo, timeZone, monthlyCap, urgentAtNight, discreet, pausedUntil: day } = parsed.data;
  const pausedUntil = day ? startOfDayIn(day, timeZone ?? (await getSettings(ctx)).timeZone) : null;
  // Equal hours mean no quiet time.
  const hours = quiet ? { quietFrom, quietTo } : { quietFrom: 0, quietTo: 0 };
  await changeSettings(ctx, {
    ...hours,
    ...(timeZone && { timeZone }),
    monthlyCap,
    pausedUntil,
    urgentAtNight: urgentAtNight === "yes",
    discreet: discreet === "yes",
  });
  return savedPage("texts");
}

const savedPage = (section: Section, headers?: HeadersInit) =>
  redirect(`/me/settings?saved=${section}`, { status: 303, headers });
const wrong = (section: Section, fault: FormFault) => json({ ...fault, section }, { status: 422 });

export default function SettingsRoute() {
  const { groups, ...page } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>() as (Fault & { section: Section }) | undefined;
  const t = useText();
  return (
    <SettingsPage {...page} fault={fault}>
      {groups.length > 0 && (
        <section className="stack" id="alerts">
          <h2>{t("groups.alerts.title")}</h2>
          {groups.map((group) => (
            <div key={group.id} className="stack tight">
              <h3>
                <bdi>{group.name}</bdi>
              </h3>
              <AlertsForm
                group={group}
                mine={group.mine!}
                action={`/groups/${group.slug}/membership`}
                back="/me/settings?saved=alerts"
              />
            </div>
          ))}
        </section>
      )}
    </SettingsPage>
  );
}
