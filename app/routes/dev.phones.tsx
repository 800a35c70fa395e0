import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { moveClock } from "#app/core/clock.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import type { Caller } from "#app/sms/simulator/caller.ts";
import { explainTexts, nextTexts } from "#app/sms/simulator/explain.server.ts";
import { PhonesPage } from "#app/sms/simulator/phones-page.tsx";
import { anchorOf, faultNow, faultsOf, showPhones, shownTexts } from "#app/sms/simulator/phones.ts";
import type { Simulator } from "#app/sms/simulator/simulator.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import type { Services } from "#app/web/services.server.ts";
import "#app/sms/simulator/phones.css";

/** The phone simulator: exists only while no real text provider is configured. */
export const handle = { hydrate: false, wide: true };
export const meta = titleFromLoader;

const PHONES = 24;
const LINES = 80;

function simulatorOf({ simulator }: Services) {
  if (!simulator) throw new Problem("not-found");
  return simulator;
}

export const loader = guarded("developer", async ({ ctx, context, locale }) => {
  const simulator = simulatorOf(context.services);
  const given = simulator
    .phones()
    .slice(0, PHONES)
    .map((one) => ({ ...one, said: simulator.calls.last(one.phone)?.said ?? [] }));
  const sids = given.flatMap(({ texts }) => shownTexts(texts).map(({ sid }) => sid));
  const [made, next] = await Promise.all([
    explainTexts(ctx, sids),
    nextTexts(
      ctx,
      given.map(({ phone }) => phone),
    ),
  ]);
  return json({
    title: textFor(locale)("sms.phones.title"),
    phones: showPhones(given, { made, next }),
    wire: simulator
      .wire()
      .slice(0, LINES)
      .map(({ at, what, sid, status, again }) => ({
        at: at.toISOString().slice(11, 23),
        what,
        sid,
        status: String(status),
        again: again !== null,
      })),
    fault: faultNow(simulator.faults),
    clock: { now: ctx.now.toISOString(), ahead: Math.round((ctx.now.getTime() - Date.now()) / 3_600_000) },
  });
});

export const action = guarded("developer", async ({ ctx, request, context }) => {
  const simulator = simulatorOf(context.services);
  const form = await readForm(request);
  const phone = ["add", "text", "call"].includes(form["do"] ?? "") ? parsePhone(form["phone"] ?? "") : "";
  if (phone === null) return json({ wrong: form["phone"] ?? "" }, { status: 422 });
  await act(ctx, simulator, form, phone);
  return redirect(phone ? `/dev/phones#${anchorOf(phone)}` : "/dev/phones", 303);
});

/** What somebody does who calls us. */
const callers: Record<string, Caller> = {
  press_1: { press: "1", seconds: 0 },
  leave_message: { press: null, seconds: 12 },
  hang_up: { press: null, seconds: 0 },
};

async function act(ctx: Ctx, simulator: Simulator, form: Record<string, string>, phone: string): Promise<void> {
  switch (form["do"]) {
    case "add":
      return simulator.addPhone(phone);
    case "text":
      if (form["body"]?.trim()) await simulator.textAs(phone, form["body"].slice(0, 1600));
      return;
    case "call":
      return void (await simulator.callAs(phone, callers[form["call"] ?? ""] ?? callers["hang_up"]!));
    case "fault":
      return void Object.assign(simulator.faults, faultsOf(form["fault"] ?? ""));
    case "replay":
      return void (await simulator.replay(Number(form["line"])));
    case "clock":
      return moveClock(ctx.db, Math.min(24, Number(form["hours"]) || 0) * 3600 || null);
    case "clear":
      return simulator.clear();
  }
}

export default function Phones() {
  const { phones, wire, fault, clock } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <PhonesPage phones={phones} wire={wire} fault={fault} clock={clock} wrong={answer?.wrong ?? null} />;
}
