import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { PhonesPage } from "#app/sms/simulator/phones-page.tsx";
import { anchorOf, faultNow, faultsOf, showPhone } from "#app/sms/simulator/phones.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import type { Services } from "#app/web/services.server.ts";
import "#app/sms/simulator/phones.css";

/** The phone simulator: exists only while no real text provider is configured. */
export const handle = { hydrate: false, wide: true };
export const meta = titleFromLoader;

function simulatorOf({ simulator }: Services) {
  if (!simulator) throw new Problem("not-found");
  return simulator;
}

export const loader = guarded("developer", ({ context, locale }) => {
  const simulator = simulatorOf(context.services);
  return json({
    title: textFor(locale)("sms.phones.title"),
    phones: simulator.phones().slice(0, 24).map(showPhone),
    wire: simulator
      .wire()
      .slice(0, 60)
      .map(({ at, what, status }) => ({ at: at.toISOString().slice(11, 23), what, status: String(status) })),
    fault: faultNow(simulator.faults),
  });
});

export const action = guarded("developer", async ({ request, context }) => {
  const simulator = simulatorOf(context.services);
  const form = await readForm(request);
  if (form["do"] === "fault") Object.assign(simulator.faults, faultsOf(form["fault"] ?? ""));
  else if (form["do"] === "clear") simulator.clear();
  else {
    const phone = parsePhone(form["phone"] ?? "");
    if (!phone) return json({ wrong: form["phone"] ?? "" }, { status: 422 });
    if (form["do"] === "text" && form["body"]?.trim()) await simulator.textAs(phone, form["body"].slice(0, 1600));
    else simulator.addPhone(phone);
    return redirect(`/dev/phones#${anchorOf(phone)}`, 303);
  }
  return redirect("/dev/phones", 303);
});

export default function Phones() {
  const { phones, wire, fault } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <PhonesPage phones={phones} wire={wire} fault={fault} wrong={answer?.wrong ?? null} />;
}
