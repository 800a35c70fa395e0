import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { deviceOf } from "#app/people/device.ts";
import { passkeyToUse } from "#app/people/second-step/passkeys.server.ts";
import { awaitsSecondStep, finishSecondStep } from "#app/people/second-step/prove.server.ts";
import { StepPage } from "#app/people/second-step/step-pages.tsx";
import type { Fault } from "#app/people/sign-in-pages.tsx";
import { readCookie } from "#app/web/cookies.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { useNonce } from "#app/web/nonce.tsx";
import { readForm } from "#app/web/parse-form.server.ts";
import { wayOn, withWayOn } from "#app/web/safe-path.ts";
import { shownIn, stepFault } from "#app/web/shown-step.server.ts";
import { signInTo } from "#app/web/sign-in-to.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

const startPage = (request: Request) => withWayOn("/sign-in", request);

export const loader = guarded("anyone", async ({ ctx, request, context, locale }) => {
  if (ctx.person) throw redirect(wayOn(request), 303);
  if (!(await awaitsSecondStep(ctx, readCookie(context.services.env, request, "challenge"))))
    throw redirect(startPage(request), 303);
  const asked = JSON.stringify(await passkeyToUse(ctx));
  return json({ title: textFor(locale)("steps.title"), asked, backHref: startPage(request) });
});

export const action = guarded("anyone", async (given) => {
  const { ctx, request, context } = given;
  const challengeId = readCookie(context.services.env, request, "challenge");
  if (!challengeId) throw redirect(startPage(request), 303);
  const shown = shownIn(await readForm(request));
  try {
    const device = deviceOf(request.headers.get("user-agent"));
    return await signInTo(given, await finishSecondStep(ctx, { challengeId, shown, device }), wayOn(request));
  } catch (error) {
    const { fault, status } = stepFault(error, shown);
    return json<Fault>(fault, { status });
  }
});

export default function Second() {
  const page = useLoaderData<typeof loader>();
  return <StepPage {...page} nonce={useNonce()} fault={useActionData<typeof action>() as Fault | undefined} />;
}
