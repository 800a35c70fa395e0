import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { ShiftPage } from "#app/dashboard/shift/shift-page.tsx";
import { HOURS } from "#app/dashboard/shift/shift.ts";
import { leaveNote, readShift } from "#app/dashboard/shift/shift.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { momentWords } from "#app/posts/post-words.ts";
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
  const hours = HOURS.find((some) => String(some) === query.get("hours")) ?? null;
  const all = query.has("all");
  const shift = await readShift(ctx, chosen ? [chosen] : groups, { hours, all });
  const { since, notes, counts, fresh, promises, totals } = shift;
  const seconds = (at: Date) => Math.floor(Math.abs(ctx.now.getTime() - at.getTime()) / 1000);
  const data = {
    title: textFor(locale)("shift.title"),
    since: momentWords(locale, since),
    notes: notes.map(({ at, ...note }) => ({ ...note, seconds: seconds(at) })),
    counts,
    totals,
    hours,
    all,
    fresh: fresh.map(({ at, ...one }) => ({ ...one, seconds: seconds(at) })),
    promises: promises.map(({ dueAt, ...one }) => ({ ...one, seconds: seconds(dueAt), late: dueAt < ctx.now })),
    groups: groups.map(({ slug, name }) => ({ slug, name })),
    group: chosen?.slug ?? "",
    said: query.has("done"),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { group = "", words = "" } = await readForm(request);
  const { chosen } = await groupInView(ctx, group || null, locale);
  if (!chosen) throw new Problem("invalid-input");
  try {
    await leaveNote(ctx, chosen, words);
  } catch (error) {
    if (error instanceof Problem && error.kind === "invalid-input") return json({ wrong: { words } }, { status: 422 });
    throw error;
  }
  throw redirect(`/coordinate/shift?group=${chosen.slug}&done=1`, 303);
});

export default function ShiftChange() {
  const fault = useActionData<typeof action>();
  return (
    <ShiftPage {...useLoaderData<typeof loader>()} wrong={fault?.wrong ?? null} nav={<CoordinatorNav at="shift" />} />
  );
}
