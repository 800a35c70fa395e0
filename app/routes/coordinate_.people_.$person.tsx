import { json, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { actOnPerson } from "#app/dashboard/people/act-on-person.server.ts";
import { groupPerson } from "#app/dashboard/people/group-people.server.ts";
import { isPersonAct, LONGEST_NOTE } from "#app/dashboard/people/person-acts.ts";
import { PersonPage } from "#app/dashboard/people/person-page.tsx";
import { listPromises } from "#app/dashboard/promises.server.ts";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { shownPromises } from "#app/dashboard/shown-promises.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { dateFormat } from "#app/i18n/date-format.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded, type Given } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { requireFresh } from "#app/web/require-fresh.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

/** The group the address names, which the asker coordinates. @throws Problem as `groupInView` does. */
async function groupOf({ ctx, request, locale }: Given<"coordinator">) {
  const { chosen } = await groupInView(ctx, new URL(request.url).searchParams.get("group"), locale);
  if (!chosen) throw new Problem("not-found");
  return chosen;
}

export const loader = guarded("coordinator", async (given) => {
  const { ctx, request, params, locale } = given;
  const group = await groupOf(given);
  const person = await groupPerson(ctx, group, params["person"] ?? "");
  const { promises } = await listPromises(ctx, [group], locale, person.personId);
  const t = textFor(locale);
  const day = (at: number | null) =>
    at === null ? null : dateFormat(locale, { dateStyle: "long", timeZone: homeZone() }).format(at);
  const done = new URL(request.url).searchParams.get("done");
  const data = {
    title: t("room.person"),
    person,
    promises: shownPromises(t, locale, promises, ctx.now).stages.flatMap((stage) => stage.promises),
    own: person.personId === ctx.person.id,
    days: { since: day(person.since) ?? "", vetted: day(person.vettedAt), rests: day(person.pausedUntil) },
    said: isPersonAct(done) ? done : null,
    now: ctx.now.getTime(),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export const action = guarded("coordinator", async (given) => {
  const { ctx, request, params } = given;
  const group = await groupOf(given);
  const { act, note = "" } = await readForm(request);
  if (!isPersonAct(act)) throw new Problem("invalid-input");
  const { personId } = await groupPerson(ctx, group, params["person"] ?? "");
  const page = `/coordinate/people/${personId}?group=${group.slug}`;
  if (act === "coordinator" || act === "volunteer") requireFresh(ctx, page);
  const kept = note.trim().slice(0, LONGEST_NOTE);
  await actOnPerson(ctx, { groupId: group.id, personId }, { act, note: kept || null });
  notifyWorker(ctx.db);
  return redirect(`${page}&done=${act}`, 303);
});

export default function Person() {
  return <PersonPage {...useLoaderData<typeof loader>()} />;
}
