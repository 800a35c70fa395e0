import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { deviceOf } from "#app/people/device.ts";
import { isFresh } from "#app/people/fresh.ts";
import { passkeyToUse } from "#app/people/second-step/passkeys.server.ts";
import { renewBySecondStep } from "#app/people/second-step/prove.server.ts";
import { StepPage } from "#app/people/second-step/step-pages.tsx";
import type { Fault } from "#app/people/sign-in-pages.tsx";
import { readCookie } from "#app/web/cookies.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { useNonce } from "#app/web/nonce.tsx";
import { readForm } from "#app/web/parse-form.server.ts";
import { wayOn } from "#app/web/safe-path.ts";
import { shownIn, stepFault } from "#app/web/shown-step.server.ts";
import { staySignedIn } from "#app/web/sign-in-to.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("signed-in", async ({ ctx, request, locale }) => {
  if (isFresh(ctx)) throw redirect(wayOn(request), 303);
  const asked = JSON.stringify(await passkeyToUse(ctx));
  return json({ title: textFor(locale)("steps.title"), asked, backHref: "/me" });
});

export const action = guarded("signed-in", async (given) => {
  const { ctx, request, context } = given;
  if (isFresh(ctx)) return redirect(wayOn(request), 303);
  const shown = shownIn(await readForm(request));
  try {
    const device = deviceOf(request.headers.get("user-agent"));
    const token = readCookie(context.services.env, request, "sid") ?? "";
    return staySignedIn(given, await renewBySecondStep(ctx, { token, shown, device }), wayOn(request));
  } catch (error) {
    const { fault, status } = stepFault(error, shown);
    return json<Fault>(fault, { status });
  }
});

export default function ConfirmSecond() {
  const page = useLoaderData<typeof loader>();
  return <StepPage {...page} nonce={useNonce()} fault={useActionData<typeof action>() as Fault | undefined} />;
}
