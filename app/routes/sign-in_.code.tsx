import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { WRONG_CODE } from "#app/people/code-fault.ts";
import { deviceOf } from "#app/people/device.ts";
import { finishSignIn } from "#app/people/finish-sign-in.server.ts";
import { CodeForm } from "#app/people/people-input.ts";
import { signInHint } from "#app/people/sign-in-hint.server.ts";
import { CodePage, type Fault } from "#app/people/sign-in-pages.tsx";
import { readCookie } from "#app/web/cookies.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { wayOn, withWayOn } from "#app/web/safe-path.ts";
import { signInTo } from "#app/web/sign-in-to.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

const startPage = (request: Request) => withWayOn("/sign-in", request);

export const loader = guarded("anyone", async ({ ctx, request, context, locale }) => {
  const { env } = context.services;
  if (ctx.person) throw redirect(wayOn(request), 303);
  const challengeId = readCookie(env, request, "challenge");
  if (!challengeId) throw redirect(startPage(request), 303);
  return json({
    title: textFor(locale)("people.code.title"),
    hint: await signInHint(ctx, challengeId),
    againHref: startPage(request),
    simulated: env.SMS_PROVIDER === "local",
  });
});

export const action = guarded("anyone", async (given) => {
  const { ctx, request, context } = given;
  const challengeId = readCookie(context.services.env, request, "challenge");
  if (!challengeId) throw redirect(startPage(request), 303);
  const parsed = parseForm(CodeForm, await readForm(request));
  if (!parsed.ok) return json<Fault>({ ...parsed.fault, values: {} }, { status: 422 });
  try {
    const device = deviceOf(request.headers.get("user-agent"));
    return await signInTo(
      given,
      await finishSignIn(ctx, { challengeId, code: parsed.data.code, device }),
      wayOn(request),
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.kind === "second-step") return redirect(withWayOn("/sign-in/second", request), 303);
    return json<Fault>(WRONG_CODE, { status: error.status });
  }
});

export default function Code() {
  const data = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>() as Fault | undefined;
  return <CodePage {...data} fault={fault} />;
}
