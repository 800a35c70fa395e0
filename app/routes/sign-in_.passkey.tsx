import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { deviceOf } from "#app/people/device.ts";
import { passkeyToUse } from "#app/people/second-step/passkeys.server.ts";
import { signInByPasskey } from "#app/people/second-step/prove.server.ts";
import { PasskeyPage } from "#app/people/second-step/step-pages.tsx";
import type { Fault } from "#app/people/sign-in-pages.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { useNonce } from "#app/web/nonce.tsx";
import { readForm } from "#app/web/parse-form.server.ts";
import { wayOn, withWayOn } from "#app/web/safe-path.ts";
import { stepFault } from "#app/web/shown-step.server.ts";
import { signInTo } from "#app/web/sign-in-to.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("anyone", async ({ ctx, request, locale }) => {
  if (ctx.person) throw redirect(wayOn(request), 303);
  return json({
    title: textFor(locale)("steps.passkey.title"),
    asked: JSON.stringify(await passkeyToUse(ctx)),
    backHref: withWayOn("/sign-in", request),
  });
});

export const action = guarded("anyone", async (given) => {
  const { ctx, request } = given;
  if (ctx.person) return redirect(wayOn(request), 303);
  const passkey = (await readForm(request))["passkey"] ?? "";
  try {
    const device = deviceOf(request.headers.get("user-agent"));
    return await signInTo(given, await signInByPasskey(ctx, { passkey, device }), wayOn(request));
  } catch (error) {
    const { fault, status } = stepFault(error, { passkey: "shown" });
    return json<Fault>(fault, { status });
  }
});

export default function Passkey() {
  const page = useLoaderData<typeof loader>();
  return <PasskeyPage {...page} nonce={useNonce()} fault={useActionData<typeof action>() as Fault | undefined} />;
}
